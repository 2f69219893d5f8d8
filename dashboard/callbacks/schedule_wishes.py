"""Schedule wishes: what the dialog was opened for and filled with, checked against what exists."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard.callbacks.asked import params_of, read_filters, text, texts
from dashboard.callbacks.customer_query import read_query
from dashboard.callbacks.report_choice import chosen, order_of_wishes
from dashboard.callbacks.scheduled_views import CUSTOMERS, can_schedule, pins
from dashboard.callbacks.tag_filter import read_tag_filter
from dashboard.errors import NotFoundError, ReleaseError, UnknownNameError
from dashboard.exports.customers import filters_in_words
from dashboard.reports.order import period_of
from dashboard.schedules.cadence import check, zones
from dashboard.state.report_names import LONGEST_NAME, MARKS
from dashboard.state.report_templates import Choice
from dashboard.state.schedules import FOLDER, MAIL, MONTHLY, VIEW, WEEKLY, Plan, Times
from dashboard.wording.caption import region as region_name
from dashboard.wording.caption import short_name
from dashboard.wording.table_filters import table_filters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.access import Viewer
    from dashboard.callbacks.services import Services
    from dashboard.components.page import PageLike
    from dashboard.i18n import Language
    from dashboard.settings import Settings

UTC = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is to be sent: a report, or a view with its path and query string."""

    name: str
    about: str
    choice: Choice
    form: str
    path: str = ""
    search: str = ""

    @property
    def is_view(self) -> bool:
        """Tell whether it is a view."""
        return self.choice.template == VIEW

    @property
    def pinned(self) -> bool:
        """Tell whether it holds a date fast."""
        return self.is_view and pins(self.search)


def subject_of(services: Services, viewer: Viewer, asked: Any, language: Language) -> Subject:
    """Return what the browser wants sent. Raises `PartnerlensError` for what does not exist."""
    wanted: Mapping[str, Any] = asked if isinstance(asked, dict) else {}
    if wanted.get("kind") == VIEW:
        return _view(services, viewer, wanted, language)
    return _report(services, viewer, wanted, language)


def _view(
    services: Services, viewer: Viewer, wanted: Mapping[str, Any], language: Language
) -> Subject:
    path, search = text(wanted.get("path")), text(wanted.get("search"))
    page, _ = services.page_at(path)
    if page is None or not can_schedule(page) or not services.addresses.hold(path, search):
        msg = "Only a page with tables and its own filters can be scheduled."
        raise NotFoundError(msg)
    title = language.text(page.title)
    said = _filters(services, viewer, page, params_of(search), language)
    return Subject(
        name=_plain(title),
        about=": ".join(filter(None, (title, " · ".join(dict.fromkeys(said))))),
        choice=Choice(template=VIEW, columns=()),
        form="xlsx",
        path=path,
        search=search,
    )


def _filters(
    services: Services,
    viewer: Viewer,
    page: PageLike,
    params: dict[str, str],
    language: Language,
) -> list[str]:
    """Say what a page is narrowed to."""
    portfolio = services.portfolio()
    if page.panel == CUSTOMERS and portfolio is not None:
        tagged = read_tag_filter(params, services.database)
        query = read_query(params, portfolio, viewer.scope, tagged.ids)
        return [filters_in_words(query, language, tagged.names)]
    filters = read_filters(params, portfolio, viewer.scope, page.sections)
    said = [short_name(filters.product, language), region_name(filters.region, language)]
    for section in page.sections:
        said += table_filters(params, section, language)
    return said


def _report(
    services: Services, viewer: Viewer, wanted: Mapping[str, Any], language: Language
) -> Subject:
    portfolio = services.portfolio()
    if portfolio is None:
        raise ReleaseError(services.problem)
    store = portfolio.store
    found = chosen(services.database, viewer, text(wanted.get("template")))
    region, form = wanted.get("region"), wanted.get("form")
    order, choice = order_of_wishes(found, store, region=region, start=None, end=None, form=form)
    title = found.name or language.text(found.template.title)
    said = [title, region_name(order.region, language), order.form.upper()]
    if period_of(found.template, store, None, None):
        said.append(language.text("of the last complete week; monthly ones of the month before"))
    name = found.name or found.template.title
    return Subject(name=name, about=" · ".join(said), choice=choice, form=order.form)


def plan_of(  # noqa: PLR0913 - the fields of the form
    subject: Subject,
    settings: Settings,
    language: Language,
    *,
    name: Any,
    every: Any,
    weekday: Any,
    day: Any,
    at: Any,
    zone: Any,
    delivery: Any,
) -> Plan:
    """Return what the form holds. Raises `UnknownNameError`."""
    times = Times(
        every=text(every),
        at=text(at)[:5],
        zone=text(zone),
        weekday=_number(weekday) if every == WEEKLY else None,
        day=_number(day) if every == MONTHLY else None,
    )
    check(times)
    if delivery not in deliveries(settings):
        msg = "Choose a way of delivery that is set up."
        raise UnknownNameError(msg)
    return Plan(
        name=text(name) if subject.is_view else subject.name,
        choice=subject.choice,
        times=times,
        form=subject.form,
        delivery=str(delivery),
        language=language.code,
        path=subject.path,
        search=subject.search,
    )


def deliveries(settings: Settings) -> tuple[str, ...]:
    """Return the ways of delivery that are set up."""
    ways = {MAIL: bool(settings.smtp_host), FOLDER: settings.schedule_folder is not None}
    return tuple(way for way, is_there in ways.items() if is_there)


def zone_of(asked: Any) -> str:
    """Return the browser's time zone, if it is one we know."""
    zone = text(asked.get("zone")) if isinstance(asked, dict) else ""
    return zone if zone in zones() else UTC


def recipients_of(wanted: Any) -> list[str]:
    """Return the ids somebody chose."""
    return list(dict.fromkeys(texts(wanted)))


def _plain(title: str) -> str:
    """Return a title as a name of files may be."""
    fits = (c if c in MARKS or unicodedata.category(c)[0] in "LN" else " " for c in title)
    return " ".join("".join(fits).split())[:LONGEST_NAME]


def _number(value: Any) -> int | None:
    """Return a whole number that a field holds, as a number or as text."""
    if isinstance(value, bool):
        return None
    try:
        number = float(value) if isinstance(value, int | float | str) else None
    except (ValueError, OverflowError):
        return None
    return int(number) if number is not None and number == number // 1 else None
