"""What a measurement says: the ratio of two sides, against its budget."""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One row of the closing table; `at_least` turns the budget into a floor."""

    budget_id: str
    what: str
    ours: str
    other: str
    ratio: float
    budget: float
    at_least: bool = False

    @property
    def met(self) -> bool:
        """Tell whether the budget holds."""
        return self.ratio >= self.budget if self.at_least else self.ratio <= self.budget


def print_table(results: list[Result]) -> None:
    """Print all results, the missed ones marked."""
    table = Table(box=None)
    for heading in ("Id", "What", "Ours", "Other side", "Ratio", "Budget", ""):
        table.add_column(heading)
    for r in results:
        sign = "≥" if r.at_least else "≤"
        verdict = "met" if r.met else "[bold red]MISSED[/]"
        table.add_row(
            r.budget_id, r.what, r.ours, r.other, f"{r.ratio:.2f}", f"{sign} {r.budget:g}", verdict
        )
    Console(width=160).print(table)
