"""Ingest: the one door through which data enters, from delivered files to the next release."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.data import merging, presence, publish, tables
from dashboard.data.batch import Batch
from dashboard.data.bookkeeping import book
from dashboard.data.call_datasets import FACTS, IMPORTED
from dashboard.data.calls import Calls
from dashboard.data.datasets import CUSTOMERS, LICENSES
from dashboard.data.facts import RollUp
from dashboard.data.inbox import deliveries
from dashboard.data.ledger import LEDGER
from dashboard.data.place import open_place
from dashboard.data.portfolio import Portfolio
from dashboard.data.reader import READER, Limits
from dashboard.data.regions import in_order
from dashboard.data.release import Release
from dashboard.data.store import Store
from dashboard.errors import PartnerlensError, ReleaseError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from dashboard.data.ledger import FileReport
    from dashboard.data.options import ImportOptions
    from dashboard.data.place import Place


_DEFAULT, _LIMITS = RollUp(), Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an ingest did: a report per file, and the release it left published."""

    reports: list[FileReport]
    release: str | None
    refused: tuple[str, ...]  # releases that were damaged: the import builds on an older one


def ingest(  # noqa: PLR0913 - what an import depends on, once
    paths: Sequence[str],
    data_dir: str,
    *,
    options: ImportOptions,
    published: datetime,
    keep: int,
    how: RollUp = _DEFAULT,
    masks_inventories: bool = False,
    limits: Limits = _LIMITS,
    progress: Callable[[str], None] = lambda _: None,
) -> Outcome:
    """Import files and folders into a data directory; readers see all of it or nothing."""
    found = deliveries(paths, options)
    if found:
        READER.start()  # it gets ready meanwhile
    place = open_place(data_dir)
    try:
        with publish.only_writer(place):
            base, refused = publish.base_release(place)
            store = Store(place=place, release=base) if base else None
            portfolio, calls = Portfolio(store=store), Calls(store=store, how=how)
            ledger = portfolio.scan(LEDGER).drop("region").sort("entry").collect()
            batch = Batch(
                found=found,
                ledger=ledger,
                now=published,
                progress=progress,
                limits=limits,
                masks=masks_inventories,
            )
            batch.read(portfolio, calls)
            if batch.accepted or calls.rule_changed:
                draft = _write(place, base, batch, portfolio, calls)
                base = publish.publish(place, base, draft, keep)
    except (PartnerlensError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic below is no Exception
        msg = f"{data_dir} cannot be written: {_words(error)}. What was published stays."
        raise ReleaseError(msg) from error
    return Outcome(reports=batch.all_reports(), release=base.id if base else None, refused=refused)


def _write(
    place: Place, base: Release | None, batch: Batch, portfolio: Portfolio, calls: Calls
) -> Release:
    """Write the tables that changed, ledger and quarantine; name them all in a draft release."""
    portfolio.settle_regions()
    books = book(batch, portfolio)
    batch.ledger = books.ledger
    current = dict(base.tables) if base else {}
    current = {name: tables.restore(place, name, table) for name, table in current.items()}
    written = calls.commit(place, portfolio.commit(place, current), portfolio)
    written |= books.commit(place, current)
    event = presence.newest_event(place, written, batch.now)
    weeks = tuple(sorted(portfolio.weeks))
    return Release(
        id="",
        as_of=merging.as_of(portfolio.newest_week, portfolio.after, event),
        weeks=weeks,
        regions=tuple(in_order(merging.analyzed_regions(portfolio.after[CUSTOMERS.name]))),
        published=batch.now,
        contracts={name: dataset.contract for name, dataset in (IMPORTED | FACTS).items()},
        tables=written,
        present=presence.weeks_present(place, written) | {LICENSES.name: weeks},
        quality_rule=calls.how.rule.as_json(),
    )


def _words(error: BaseException) -> str:
    """Say in a few words what went wrong below."""
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return text.splitlines()[0].rstrip(".")
