"""Blocks: which rows a grid asks for that holds only some of them; all of it is a wish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

BLOCK = 100  # rows of one answer
LAST_ROW = 1_000_000_000  # nobody scrolls there, and a number without bounds fits no table


def block_of(request: Mapping[str, Any], sorts: Collection[str]) -> dict[str, Any]:
    """Read which rows are asked for, and in which order if that is one there is."""
    start, wanted = request.get("startRow"), request.get("sortModel")
    first = wanted[0] if isinstance(wanted, list) and wanted else None
    asked = first if isinstance(first, dict) else {}
    name = asked.get("colId")
    known = isinstance(name, str) and name in sorts
    order = {"sort": name, "descending": asked.get("sort") == "desc"} if known else {}
    offset = start if type(start) is int and 0 <= start <= LAST_ROW else 0
    return {"offset": offset, "limit": BLOCK} | order
