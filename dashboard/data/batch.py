"""Batches: the files of one import, read in an order that does not depend on their names."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

import polars as pl

from dashboard.data.call_datasets import EVENTS, IMPORTED
from dashboard.data.intake import accept, open_delivery
from dashboard.data.ledger import FileReport, from_row
from dashboard.data.reader import READER, Limits
from dashboard.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from dashboard.data.calls import Calls
    from dashboard.data.inbox import Delivery
    from dashboard.data.intake import Accepted, Incoming
    from dashboard.data.portfolio import Portfolio

T = TypeVar("T")


@dataclass(kw_only=True)
class Batch:
    """What is known of each delivery, by its position in the order given."""

    found: Sequence[Delivery]
    ledger: pl.DataFrame
    now: datetime
    progress: Callable[[str], None]
    limits: Limits  # of reading one file
    masks: bool = False  # inventories, too
    reports: dict[int, FileReport] = field(default_factory=dict)
    accepted: dict[int, Accepted] = field(default_factory=dict)
    copies: dict[int, int] = field(default_factory=dict)  # the same content again → the first
    again: dict[int, int] = field(default_factory=dict)  # imported before → its ledger entry

    def read(self, portfolio: Portfolio, calls: Calls) -> None:
        """Read every file into portfolio or calls: customers first, for they place all others."""
        incoming = self._open()
        for dataset in IMPORTED.values():
            mine = [i for i, file in incoming.items() if file.dataset is dataset]
            for position in mine:
                file = incoming[position]
                self.progress(file.file)
                read = self._attempt(position, lambda: self._accept(file, portfolio))  # noqa: B023
                if read:
                    self.accepted[position] = read
            rows = [self.accepted[i].kept for i in mine if i in self.accepted]
            (calls if dataset.name in EVENTS else portfolio).add(dataset, rows)
        READER.rest()

    def all_reports(self) -> list[FileReport]:
        """Return the reports in the order given, those of known content from the ledger."""
        for position, entry in self.again.items():
            row = self.ledger.row(by_predicate=pl.col("entry") == entry, named=True)
            self.reports[position] = from_row(row, self.found[position].file)
        for copy, first in self.copies.items():
            report, file = self.reports[first], self.found[copy].file
            unchanged = report.refused is None
            self.reports[copy] = replace(report, file=file, unchanged=unchanged, warnings=[])
        return [self.reports[position] for position in range(len(self.found))]

    def _open(self) -> dict[int, Incoming]:
        """Open all files; those imported before, or twice in this batch, need no reading."""
        names = ("export", "sha256", "options")
        known = {tuple(key): entry for *key, entry in self.ledger.select(*names, "entry").rows()}
        incoming: dict[int, Incoming] = {}
        firsts: dict[tuple[str, ...], int] = {}
        for position, delivery in enumerate(self.found):
            file = self._attempt(position, lambda: open_delivery(delivery, self.limits))  # noqa: B023
            if file is None:
                continue
            if file.identity in known:
                self.again[position] = known[file.identity]
            elif file.identity in firsts:
                self.copies[position] = firsts[file.identity]
            else:
                firsts[file.identity] = position
                incoming[position] = file
        return incoming

    def _accept(self, file: Incoming, portfolio: Portfolio) -> Accepted:
        return accept(file, portfolio, self.limits, masks=self.masks)

    def _attempt(self, position: int, step: Callable[[], T]) -> T | None:
        """Take one step with a file; whatever goes wrong refuses this file and no other."""
        delivery = self.found[position]
        try:
            return step()
        except (KeyboardInterrupt, SystemExit):
            raise
        except SourceError as error:
            why = str(error)
        except BaseException as error:  # noqa: BLE001 - a panic below is no Exception
            why = f"{delivery.path.name} cannot be read ({type(error).__name__})."
        self.reports[position] = FileReport(file=delivery.file, refused=why)
        return None
