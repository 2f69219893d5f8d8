"""Claim: what a file says its numbers are of, so that they can be computed again (C-21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Self
from urllib.parse import parse_qs, urlencode

from dashboard.data.filters import DEFAULT_WEEKS, Filters
from dashboard.errors import SourceError
from dashboard.exports.receipt import Receipt
from dashboard.exports.selection import places_of
from dashboard.i18n import DEFAULT, LANGUAGES

if TYPE_CHECKING:
    from dashboard.exports.selection import Selection
    from dashboard.i18n import Language
    from dashboard.sections import View

DECK = "deck"  # of a claim about slides; every other one is about a section


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One line of text in every file: a query string, as addresses have one.

    `rows` of `whole` are in the file. `customer` is the id of the only customer it is about.
    """

    of: str
    filters: Filters
    release: str
    receipt: Receipt
    language: str = DEFAULT
    rows: int = 0
    whole: int = 0
    customer: str = ""

    @classmethod
    def of_view(
        cls, view: View, language: Language, receipt: Receipt, selection: Selection
    ) -> Self:
        """Return the claim of a file that holds a selection of a view."""
        return cls(
            of=view.section.name,
            filters=view.filters,
            release=view.release,
            receipt=receipt,
            language=language.code,
            rows=len(places_of(view, selection.row_ids)) if view.section.table else 0,
            whole=view.table.height,
        )

    def written(self) -> str:
        """Write it as one line of plain letters; what is not chosen is left out."""
        filters, receipt = self.filters, self.receipt
        said = {
            "of": self.of,
            "release": self.release,
            "region": filters.region,
            "product": filters.product,
            "as_of": filters.as_of,
            "weeks": "" if filters.weeks == DEFAULT_WEEKS else filters.weeks,
            "endpoint": filters.endpoint,
            "week": filters.week,
            "tag": filters.tags,
            "customer": self.customer,
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
            )
            return cls(
                of=one["of"],
                filters=_filters(one, tuple(every.get("tag", ()))),
                release=one["release"],
                receipt=receipt,
                language=one["lang"] if one["lang"] in LANGUAGES else DEFAULT,
                rows=int(one.get("rows", 0)),
                whole=int(one.get("whole", 0)),
                customer=one.get("customer", ""),
            )
        except (KeyError, ValueError) as error:
            msg = "Its receipt cannot be read, so it is not known what it holds: export it anew."
            raise SourceError(msg) from error


def _filters(one: dict[str, str], tags: tuple[str, ...]) -> Filters:
    day = one.get("as_of")
    week = one.get("week")
    return Filters(
        region=one["region"],
        product=one["product"],
        as_of=date.fromisoformat(day) if day else None,
        weeks=int(one.get("weeks", DEFAULT_WEEKS)),
        endpoint=one.get("endpoint"),
        week=date.fromisoformat(week) if week else None,
        tags=tags,
    )
