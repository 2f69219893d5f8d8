"""Selection: which rows and columns of a view a file holds, of those that are on screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.metrics.metric import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.sections import Column, Section, View


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Chosen rows and columns, by name; `None` takes all, in the section's order.

    `said` are the search and the filters that chose them, in words.
    """

    row_ids: tuple[str, ...] | None = None
    columns: tuple[str, ...] | None = None
    said: tuple[str, ...] = ()


EVERYTHING = Selection()


def places_of(view: View, row_ids: Iterable[str] | None) -> list[int]:
    """Return the places of the chosen rows in the view's table, in the order asked for.

    Ids that the view does not hold are ignored: they come from the browser.
    """
    if row_ids is None or view.table.is_empty():  # which may have no ids at all
        return list(range(view.table.height))
    places = {row_id: place for place, row_id in enumerate(view.table["row_id"])}
    return [places[row_id] for row_id in dict.fromkeys(row_ids) if row_id in places]


def columns_of(section: Section, chosen: Iterable[str] | None) -> list[Column]:
    """Return the chosen columns; a mark such as “at least” stays with what it qualifies."""
    declared = {column.name: column for column in section.table}
    marks = [column for column in section.details if column.unit is Unit.YES_NO]
    names = declared if chosen is None else dict.fromkeys(chosen)
    return [declared[name] for name in names if name in declared] + marks
