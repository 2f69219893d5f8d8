"""A view as text: its heading, its numbers and its rows, for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from dashboard.data.products import PRODUCTS
from dashboard.i18n import DEFAULT, NOTHING, Language
from dashboard.metrics.metric import Unit
from dashboard.metrics.words import written

if TYPE_CHECKING:
    import polars as pl
    from rich.console import Console

    from dashboard.sections import View

ENGLISH = Language(DEFAULT)


def print_view(view: View, console: Console) -> None:
    """Print one view; like every card, it says what it shows and for when."""
    section, chosen = view.section, view.filters
    product = " + ".join(PRODUCTS[name] for name in section.products(chosen.product))
    console.print(f"\n[bold]{section.title}[/bold]  {product} · {escape(chosen.region)}")
    console.print(
        f"week ending {view.week_ending or NOTHING} · as of {chosen.as_of or NOTHING} UTC"
        f" · release {view.release}",
        style="dim",
    )
    for metric in section.kpis:
        value = written(view.kpis[metric.name].value, metric.unit, ENGLISH)
        console.print(f"  {metric.label}: [bold]{value}[/bold]")
    if section.trend and view.trend.height:
        lines = [(m.name, m.label, m.unit) for m in section.trend]
        console.print(_grid(view.trend, [("week_ending", "Week ending", Unit.TEXT), *lines]))
    if section.table and view.table.height:
        console.print(_grid(view.table, [(c.name, c.label, c.unit) for c in section.table]))


def _grid(rows: pl.DataFrame, columns: list[tuple[str, str, Unit]]) -> Table:
    grid = Table(box=None, header_style="dim", pad_edge=False)
    for _, label, unit in columns:
        grid.add_column(label, justify="left" if unit is Unit.TEXT else "right")
    units = [unit for _, _, unit in columns]
    for row in rows.select(name for name, _, _ in columns).iter_rows():
        grid.add_row(
            *(escape(written(v, unit, ENGLISH)) for v, unit in zip(row, units, strict=True))
        )
    return grid
