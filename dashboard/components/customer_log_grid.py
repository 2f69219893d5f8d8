"""Customer log's grid: its columns, what they mean, and how it asks for rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.components.following import following_grid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.i18n import Language

ROW_HEIGHT = 44  # pixels
WIDTHS = {  # pixels of a column, on a wide screen and on a phone
    "timestamp": (224, 124),
    "direction": (124, None),
    "status": (136, 112),
    "app": (136, None),
    "price": (148, None),
    "masked_from": (140, None),
    "masked_to": (140, 96),
    "duration": (124, None),
}
NUMBERS = ("price", "duration")


def part(name: str, product: str) -> dict[str, str]:
    """Identify one part of a log: grid, count, following, save or file."""
    return {"part": name, "section": f"log_{product}"}


def columns_of(product: str) -> tuple[str, ...]:
    """Return the columns a log has; an app is of messages, a duration of calls."""
    without = {"sms": {"app", "duration"}, "messaging": {"duration"}}.get(product, {"app"})
    return tuple(name for name in WIDTHS if name not in without)


def log_columns(
    product: str, sorts: Sequence[str], order: str, language: Language
) -> list[dict[str, Any]]:
    """Return the columns of a log as AG Grid wants them; the server sorts by `sorts`."""
    return [_column(name, sorts, order, language) for name in columns_of(product)]


def log_grid(
    product: str, columns: list[dict[str, Any]], follows: dict[str, Any], language: Language
) -> Component:
    """Return the grid of a log, which asks for its rows block by block."""
    words = {
        "loadingOoo": language.text("Loading…"),
        "noRowsToShow": language.text("Nothing here for this choice of filters."),
    }
    context = {
        "section": part("grid", product)["section"],
        "language": language.code,
        "words": {"grid": words},
        "follows": follows,
    }
    options = {"rowHeight": ROW_HEIGHT, "context": context}
    return following_grid(part("grid", product), columns, options)


def _column(name: str, sorts: Sequence[str], order: str, language: Language) -> dict[str, Any]:
    label, meaning = headings(language)[name]
    wide, narrow = WIDTHS[name]
    edge = "pl-numeric" if name in NUMBERS else ""
    return {
        "colId": name,
        "field": name,
        "headerName": label,
        "cellRenderer": "Waiting",
        "sortable": name in sorts,
        "initialSort": {name: "asc", f"-{name}": "desc"}.get(order),
        "sortingOrder": ["desc", "asc"],
        "filter": False,
        "cellClass": edge,
        "headerClass": edge,
        "context": {
            "definition": meaning,
            "fields": [name],
            "wide": wide,
            "narrow": narrow,
            "grow": True,
        },
    }


def headings(language: Language) -> dict[str, tuple[str, str]]:
    """Name each column and say what it means."""
    return {
        "timestamp": (language.text("Timestamp (UTC)"), language.text("When it began.")),
        "direction": (
            language.text("Direction"),
            language.text("Inbound to the customer, or outbound from it."),
        ),
        "status": (
            language.text("Status"),
            language.text("What became of it, in the vendor's own words."),
        ),
        "app": (language.text("App"), language.text("The app the message went through.")),
        "price": (
            language.text("Price"),
            language.text("As configured for this customer, in its currency."),
        ),
        "masked_from": (
            language.text("Masked from"),
            language.text("Who sent or called: only the last four digits are kept."),
        ),
        "masked_to": (
            language.text("Masked to"),
            language.text("Who was meant: only the last four digits are kept."),
        ),
        "duration": (language.text("Duration"), language.text("How long it lasted.")),
    }
