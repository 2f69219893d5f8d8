"""What a case needs to know of an export: its header, good rows, and which columns to spoil."""

from __future__ import annotations

from dataclasses import dataclass

Rows = list[list[str]]

ORGANIZATIONS = tuple(f"0a000000-0000-4000-8000-00000000000{n}" for n in range(1, 5))
A, B, C, D = ORGANIZATIONS


@dataclass(frozen=True)
class Export:
    """An export of DATA §2 with four good rows and the columns a case may spoil."""

    id: str
    dataset: str
    header: tuple[str, ...]
    required: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    text: str
    key: str
    date: str | None = None
    count: str | None = None
    needs: tuple[str, ...] = ()
    # Required columns whose cells may be null, and whether `count` counts whole things.
    nullable: tuple[str, ...] = ()
    whole: bool = True
    # What the command line must say because the file does not.
    options: tuple[str, ...] = ()

    @property
    def optional(self) -> tuple[str, ...]:
        return tuple(column for column in self.header if column not in self.required)

    def table(self) -> Rows:
        return [list(row) for row in self.rows]

    def at(self, column: str) -> int:
        return self.header.index(column)
