"""What is ordered: a template, a region, columns and filters, checked against what exists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dashboard.data.filters import refuse_unknown
from dashboard.errors import UnknownNameError
from dashboard.reports import TEMPLATES
from dashboard.reports.template import Period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.data.store import Store
    from dashboard.reports.template import Template

FORMATS = ("csv", "xlsx")
MOST_FILTERS, LONGEST_VALUE = 10, 200
LONGEST_DAYS = 3 * 366
DAY, BEFORE_END = timedelta(days=1), timedelta(days=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One report to be made. `filters` are columns and the text each must be, in any case."""

    template: Template
    region: str
    columns: tuple[str, ...]
    filters: tuple[tuple[str, str], ...] = ()
    period: Period | None = None
    form: str = "csv"

    def __post_init__(self) -> None:
        """Refuse what does not exist."""
        known = [c.name for c in self.template.columns]
        for name in (*self.columns, *(column for column, _ in self.filters)):
            refuse_unknown("column", name, known)
        if not self.columns or len(set(self.columns)) < len(self.columns):
            msg = "A report needs at least one column, and none of them twice."
            raise UnknownNameError(msg)
        if len(self.filters) > MOST_FILTERS or any(
            len(value) > LONGEST_VALUE for _, value in self.filters
        ):
            msg = f"A report has at most {MOST_FILTERS} filters of {LONGEST_VALUE} characters."
            raise UnknownNameError(msg)
        refuse_unknown("format", self.form, FORMATS)
        if (self.period is None) is self.template.has_period:
            needs = "needs a period" if self.template.has_period else "has no period"
            msg = f"The {self.template.title.lower()} {needs}."
            raise UnknownNameError(msg)
        if self.period and not 0 <= (self.period.end - self.period.start).days < LONGEST_DAYS:
            msg = "A period begins before it ends, and is not longer than three years."
            raise UnknownNameError(msg)


def template_named(name: str) -> Template:
    """Return a default template. Raises `UnknownNameError` naming those there are."""
    plain = name.strip().lower().replace("-", "_").replace(" ", "_").removesuffix("_report")
    refuse_unknown("report", plain, TEMPLATES)
    return TEMPLATES[plain]


def regions_of(template: Template, store: Store) -> tuple[str, ...]:
    """Return the regions that the customers' data of a report lie in (W-061), or all there are."""
    tables = (store.release.tables.get(dataset.name) for dataset in template.datasets)
    found = {file.region for table in tables if table for file in table.files}
    regions = store.release.regions
    return tuple(region for region in regions if region in found) or regions


def region_of(wanted: str | None, regions: Sequence[str]) -> str:
    """Return the region wanted; without a wish the only one. Raises `UnknownNameError`."""
    if not wanted and len(regions) == 1:
        return regions[0]
    if not wanted:
        msg = f"The customers lie in several regions: choose one of {', '.join(regions)}."
        raise UnknownNameError(msg)
    refuse_unknown("region", wanted, regions)
    return wanted


def period_of(
    template: Template, store: Store, start: date | None, end: date | None
) -> Period | None:
    """Return the period wanted, or the last complete week; None where a report has none.

    Raises `UnknownNameError` for half a period, and for one of an inventory.
    """
    if (start is None) is not (end is None):
        msg = "A period needs its first and its last day."
        raise UnknownNameError(msg)
    if start and end:
        return Period(start=start, end=end)
    if not template.has_period:
        return None
    weeks = filter(None, map(store.release.last_week_of, template.datasets))
    last = max(weeks, default=None) or (store.release.as_of or date.max) - DAY
    return Period(start=last - BEFORE_END, end=last)
