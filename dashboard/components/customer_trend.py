"""Customer trend: a chart of each product's licenses over the last weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from dashboard.components.chart import Drawn, drawn_card
from dashboard.components.source import sourced
from dashboard.data.filters import DEFAULT_WEEKS
from dashboard.figures.trend import trend_figure
from dashboard.sections import SECTIONS
from dashboard.sections.section import View
from dashboard.wording.caption import dates, region
from dashboard.wording.license_finding import license_finding

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.data.filters import Filters
    from dashboard.i18n import Language
    from dashboard.metrics.rules import Rules
    from dashboard.sections.customer import CustomerDetail

TREND = SECTIONS["license_trend"]


def trend_cards(
    detail: CustomerDetail, filters: Filters, language: Language, rules: Rules
) -> list[Component]:
    """Return a card for each product the customer had licenses of in these weeks."""
    products = detail.trend["product"].unique().sort()
    return [_card(n, name, detail, filters, language, rules) for n, name in enumerate(products)]


def _card(
    n: int,
    product: str,
    detail: CustomerDetail,
    filters: Filters,
    language: Language,
    rules: Rules,
) -> Component:
    view = View(
        section=TREND,
        filters=filters,
        release=detail.release,
        week_ending=detail.week_ending,
        kpis={},
        history=pl.DataFrame(),
        trend=detail.trend.filter(pl.col("product") == product).drop("product"),
        table=pl.DataFrame(),
    )
    title = language.text(
        "{product}: licenses, trend over the last {n} weeks", product=product, n=DEFAULT_WEEKS
    )
    name = f"customer_trend_{n}"
    drawn = Drawn(
        figure=sourced(trend_figure(view, language), view, language, rules, name),
        finding=license_finding(view, language),
        caption=_caption(product, detail, language),
    )
    return drawn_card(name, title, drawn, language)


def _caption(product: str, detail: CustomerDetail, language: Language) -> str:
    told = (
        str(detail.row["customer"] or detail.row["customer_id"]),
        product,
        region(detail.row["region"], language),
        dates(detail.week_ending, detail.as_of, language),
    )
    return " · ".join(told)
