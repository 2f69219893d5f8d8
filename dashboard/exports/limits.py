"""Limits: how much one file may hold, so that nobody's export is everybody's wait (TRUST T-28)."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.errors import PartnerlensError


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most rows and cells of a file."""

    rows: int
    cells: int

    def check(self, rows: int, columns: int) -> None:
        """Raise `TooLargeError` for a file that would be larger."""
        most = min(self.rows, self.cells // max(columns, 1))
        if rows > most:
            raise TooLargeError(rows, most)


class TooLargeError(PartnerlensError):
    """A file would have more rows than one may have with so many columns."""

    def __init__(self, rows: int, most: int) -> None:
        """Say it in one sentence; `rows` and `most` are for sentences in other languages."""
        super().__init__(
            f"These are {rows:,} rows, and a file of these columns holds {most:,}: narrow them by "
            "search and filters, hide columns, or make a report."
        )
        self.rows, self.most = rows, most
