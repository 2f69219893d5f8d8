"""Privacy: what of a record quarantine may show, and how many values were not stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from dashboard.data.cells import NULLS
from dashboard.data.masking import HIDDEN, masked, masked_number, only_ids
from dashboard.data.sources import Kind

if TYPE_CHECKING:
    from dashboard.data.recognition import Recognized
    from dashboard.data.sources import Column
    from dashboard.data.texts import Texts

_NOTHING = ("", *NULLS)


def dropped(found: Texts, recognized: Recognized) -> int:
    """Count the values under headers that must not be stored."""
    source = recognized.source
    private = [str(i) for i, h in enumerate(recognized.header) if source.is_private(h)]
    if not private:
        return 0
    values = pl.col(private).cast(pl.String).str.strip_chars()
    counts = found.rows.select((~values.is_in(_NOTHING)).sum())
    return sum(counts.row(0))


def shown(found: Texts, record: int, recognized: Recognized) -> str:
    """Return a record as quarantine keeps it.

    Of an export about persons only the columns we store are shown, masked like there; if its
    cells cannot be told apart, only what says which record it was.
    """
    if not recognized.source.private:
        return masked(found.raw(record))
    cells = found.cells(record)
    if cells is None:
        return only_ids(found.raw(record))
    columns = recognized.columns
    return masked(found.delimiter.join(map(_shown, cells, columns)))


def _shown(cell: str, column: Column | None) -> str:
    if cell.strip() in _NOTHING:
        return cell.strip()
    if column is None:
        return HIDDEN
    return masked_number(cell) if column.kind in (Kind.PHONE, Kind.SENDER) else cell
