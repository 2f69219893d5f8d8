"""Report choice: what the browser wishes for becomes an order, checked against what exists."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from dashboard.components.reports_page import OWN, Offer
from dashboard.errors import UnknownNameError
from dashboard.reports import TEMPLATES
from dashboard.reports.order import Order, period_of, region_of, regions_of
from dashboard.reports.template import Period
from dashboard.state.report_templates import Choice, own_template

if TYPE_CHECKING:
    from dashboard.access import Viewer
    from dashboard.data.store import Store
    from dashboard.reports.template import Template
    from dashboard.state.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A template, default or of the user's own, as it is now."""

    template: Template
    choice: Choice
    name: str | None = None  # of the user's own


def chosen(database: Database, viewer: Viewer, wanted: object) -> Chosen:
    """Return the template somebody wishes for. Raises `NotFoundError`, `UnknownNameError`."""
    name = wanted if isinstance(wanted, str) else ""
    if name.startswith(OWN):
        with database.read() as session:
            row = own_template(session, viewer, name.removeprefix(OWN))
        return Chosen(template=TEMPLATES[row.template], choice=Choice.of(row), name=row.name)
    if name not in TEMPLATES:
        msg = f"There is no report {name!r}: choose one of {', '.join(TEMPLATES)}."
        raise UnknownNameError(msg)
    template = TEMPLATES[name]
    return Chosen(template=template, choice=Choice(template=name, columns=template.default))


def offer_of(found: Chosen, store: Store, region: object = None) -> Offer:
    """Return what can be made of a release, with the region to begin with."""
    regions = regions_of(found.template, store)
    wishes = (found.choice.region, region)
    return Offer(
        template=found.template,
        columns=found.choice.columns,
        regions=regions,
        region=next((str(w) for w in wishes if w in regions), regions[0] if regions else ""),
        period=period_of(found.template, store, None, None),
    )


def order_of_wishes(
    found: Chosen, store: Store, *, region: Any, start: Any, end: Any, form: Any
) -> tuple[Order, Choice]:
    """Return the order that the controls make up. Raises `UnknownNameError`."""
    template = found.template
    days = (_day(start), _day(end)) if template.has_period else (None, None)
    wanted = region if isinstance(region, str) else None
    chosen_region = region_of(wanted, regions_of(template, store))
    order = Order(
        template=template,
        region=chosen_region,
        columns=found.choice.columns,
        filters=found.choice.filters,
        period=period_of(template, store, *days),
        form=form if isinstance(form, str) else "",
    )
    return order, replace(found.choice, region=chosen_region)


def choice_of_wishes(
    base: object, columns: object, filtered: object, text: object, region: object
) -> Choice:
    """Return what the editor holds. Raises `UnknownNameError`."""
    if not isinstance(base, str) or base not in TEMPLATES or not isinstance(columns, list):
        msg = "Choose a report and its columns."
        raise UnknownNameError(msg)
    template = TEMPLATES[base]
    names = tuple(c for c in columns if isinstance(c, str))
    is_filter = isinstance(filtered, str) and filtered and isinstance(text, str)
    filters = ((str(filtered), str(text).strip()),) if is_filter else ()
    choice = Choice(
        template=template.name,
        columns=names,
        filters=filters,
        region=region if isinstance(region, str) and region else None,
    )
    _check(template, choice)
    return choice


def _check(template: Template, choice: Choice) -> None:
    """Refuse columns and filters that do not exist."""
    Order(
        template=template,
        region=choice.region or "",
        columns=choice.columns,
        filters=choice.filters,
        period=Period(start=date.min, end=date.min) if template.has_period else None,
    )


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if isinstance(text, str) and text else None
    except ValueError as error:
        msg = "A day reads like 2026-11-14."
        raise UnknownNameError(msg) from error
