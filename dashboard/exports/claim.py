"""Claim: what a file says its numbers are of, so that they can be computed again (C-21)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Self
from urllib.parse import parse_qs, urlencode

from dashboard.data.filters import DEFAULT_WEEKS, Filters
from dashboard.errors import SourceError
from dashboard.exports.receipt import CLAIM, Receipt
from dashboard.exports.selection import places_of
from dashboard.i18n import DEFAULT, LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dashboard.exports.selection import Selection
    from dashboard.i18n import Language
    from dashboard.sections import View

DECK, CUSTOMERS, LOG = "deck", "customers", "log"  # other claims are about a section
PARAM = "p."  # in front of what the address said
UNKNOWN = "unknown"  # a scope that nobody has


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One line of text in every file: a query string, as addresses have one.

    `rows` of `whole` are in the file. What is not about a section has, in place of filters, the
    `params` of the address it was taken at.
    """

    of: str
    filters: Filters | None
    release: str
    receipt: Receipt
    language: str = DEFAULT
    rows: int = 0
    whole: int = 0
    params: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of_view(
        cls, view: View, language: Language, receipt: Receipt, selection: Selection
    ) -> Self:
        """Return the claim of a file that holds a selection of a view."""
        if view.filters.customer and not receipt.customer:
            receipt = replace(receipt, scope=UNKNOWN)  # whose id nobody said
        return cls(
            of=view.section.name,
            filters=view.filters,
            release=view.release,
            receipt=receipt,
            language=language.code,
            rows=len(places_of(view, selection.row_ids)) if view.section.table else 0,
            whole=view.table.height,
        )

    def as_columns(self, filters: str) -> dict[str, str]:
        """Return the columns that every row of a file ends with; `filters` are in words."""
        return {"filters": filters, **self.receipt.as_columns(), CLAIM: self.written()}

    def written(self) -> str:
        """Write it as one line of plain letters; what is not chosen is left out."""
        receipt = self.receipt
        said = {
            "of": self.of,
            "release": self.release,
            **(_said(self.filters) if self.filters else {}),
            **{PARAM + name: value for name, value in self.params},
            "customer": receipt.customer,
            "rows": self.rows,
            "whole": self.whole,
            "scope": receipt.scope,
            "definitions": receipt.definitions,
            "by": receipt.by,
            "at": receipt.at.isoformat(timespec="seconds"),
            "lang": self.language,
        }
        return urlencode({name: value for name, value in said.items() if value}, doseq=True)

    @classmethod
    def read(cls, text: str) -> Self:
        """Read what `written` wrote. Raises `SourceError` for anything else."""
        try:
            every = parse_qs(text, strict_parsing=True)
            one = {name: values[-1] for name, values in every.items()}
            receipt = Receipt(
                by=one["by"],
                at=datetime.fromisoformat(one["at"]),
                definitions=one["definitions"],
                scope=one["scope"],
                customer=one.get("customer", ""),
            )
            return cls(
                of=one["of"],
                filters=_filters(one, every.get("tag", ())) if "region" in one else None,
                release=one["release"],
                receipt=receipt,
                language=one["lang"] if one["lang"] in LANGUAGES else DEFAULT,
                rows=int(one.get("rows", 0)),
                whole=int(one.get("whole", 0)),
                params=tuple(
                    (name.removeprefix(PARAM), value)
                    for name, value in one.items()
                    if name.startswith(PARAM)
                ),
            )
        except (KeyError, ValueError) as error:
            msg = "Its receipt cannot be read, so it is not known what it holds: export it anew."
            raise SourceError(msg) from error


def _said(filters: Filters) -> dict[str, object]:
    return {
        "region": filters.region,
        "product": filters.product,
        "as_of": filters.as_of,
        "weeks": "" if filters.weeks == DEFAULT_WEEKS else filters.weeks,
        "endpoint": filters.endpoint,
        "week": filters.week,
        "since": filters.since,
        "tag": filters.tags,
    }


def _filters(one: dict[str, str], tags: Iterable[str]) -> Filters:
    day = one.get("as_of")
    week, since = one.get("week"), one.get("since")
    return Filters(
        region=one["region"],
        product=one["product"],
        as_of=date.fromisoformat(day) if day else None,
        weeks=int(one.get("weeks", DEFAULT_WEEKS)),
        endpoint=one.get("endpoint"),
        week=date.fromisoformat(week) if week else None,
        since=date.fromisoformat(since) if since else None,
        tags=tuple(tags),
    )


def asked_at(params: Mapping[str, object], names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return what the keys of an address said, those alone that said something."""
    found = ((name, params.get(name)) for name in names)
    return tuple((name, value) for name, value in found if isinstance(value, str) and value)
