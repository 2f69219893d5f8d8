"""Customer log's rows as they are read, and what is said beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.components import ids
from dashboard.components.customer import log_name
from dashboard.components.ids import slot
from dashboard.data.log_datasets import INBOUND, OUTBOUND
from dashboard.i18n import NOTHING
from dashboard.metrics.metric import Unit
from dashboard.metrics.words import written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.components.page import Parts
    from dashboard.data.logs import LogPage
    from dashboard.i18n import Language


def log_rows(page: LogPage, offset: int, language: Language) -> list[dict[str, Any]]:
    """Return rows as they read; every value is text already."""
    return [
        {
            "row_id": str(offset + n),
            "timestamp": language.moment(row["timestamp"]),
            "direction": direction_name(row["direction"], language),
            "status": row["status"] or NOTHING,
            "app": row["app"] or NOTHING,
            "price": _price(row, language),
            "masked_from": row["masked_from"] or NOTHING,
            "masked_to": row["masked_to"] or NOTHING,
            "duration": written(row["duration"], Unit.SECONDS, language),
        }
        for n, row in enumerate(page.rows.iter_rows(named=True))
    ]


def _price(row: dict[str, Any], language: Language) -> str:
    if row["price"] is None:
        return NOTHING
    return language.money(row["price"], row["currency"])


def direction_name(direction: str | None, language: Language) -> str:
    """Name a direction; one the vendor added since keeps its own word."""
    names = {INBOUND: language.text("Inbound"), OUTBOUND: language.text("Outbound")}
    return names.get(direction or "", direction or NOTHING)


def log_values(page: LogPage, about: str, language: Language) -> Parts:
    """Return what a log shows beside its rows: how many there are, and what filters them."""
    count = language.plural("{n} entry", "{n} entries", page.total)
    nothing = language.text("Nothing here for this choice of filters.")
    named = {name: direction_name(name, language) for name in page.directions}
    parts: Parts = [
        (slot("log", "found"), {"children": count}),
        (slot("log", "nothing"), {"children": [] if page.total else html.P(nothing)}),
        (slot("log", "caption"), {"children": about}),
        (ids.control("direction"), {"data": _options(named)}),
        (ids.control("event_status"), {"data": _options({s: s for s in page.statuses})}),
    ]
    if page.apps:
        parts.append((ids.control("app"), {"data": _options({a: a for a in page.apps})}))
    return parts


def _options(named: dict[str, str]) -> list[dict[str, str]]:
    return [{"value": value, "label": label} for value, label in named.items()]


def caption(customer: str, product: str, newest: Any, language: Language) -> str:
    """Say whose log it is, and how old its newest entry is (E-037)."""
    told: Iterable[str] = (
        customer,
        log_name(product, language),
        language.text(
            "newest entry {moment} UTC", moment=language.moment(newest) if newest else NOTHING
        ),
        language.text("numbers are masked: only their last four digits are kept"),
    )
    return " · ".join(told)
