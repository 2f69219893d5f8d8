"""Scheduled views: a page with the filters of its URL as a workbook, as a recipient may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.callbacks.asked import params_of, read_filters
from dashboard.callbacks.changes import FROM, compared
from dashboard.callbacks.customer_query import find
from dashboard.callbacks.keys import KEYS
from dashboard.callbacks.tag_filter import read_tag_filter
from dashboard.errors import NotAllowedError, ReleaseError, UnknownNameError
from dashboard.exports.customers import customers_frame, filters_in_words
from dashboard.exports.on_screen import rows_on_screen
from dashboard.exports.receipt import Receipt
from dashboard.exports.selection import Selection
from dashboard.exports.xlsx import to_plain_workbook, to_workbook
from dashboard.i18n import NOTHING, Language
from dashboard.schedules.copies import Workbook
from dashboard.sections.compared import COMPARED
from dashboard.settings import definition_version
from dashboard.state.tags import tags_of
from dashboard.wording.table_filters import table_filters

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from dashboard.access import Viewer
    from dashboard.callbacks.services import Services
    from dashboard.components.page import PageLike
    from dashboard.sections import Section, View
    from dashboard.sections.portfolio import Portfolio
    from dashboard.state.schedule_models import Schedule

CUSTOMERS, CHANGES = "customers", "changes"  # panels that have tables of their own
PINNED = ("as_of", "week", "from", "release")  # keys of a URL that hold a date or a release fast


class ScheduledViews:
    """Makes the workbooks that schedules of views send; see `dashboard.schedules.copies.Views`."""

    def __init__(self, services: Services) -> None:
        """Remember where pages and data are."""
        self._services = services

    def __call__(self, schedule: Schedule, viewer: Viewer, now: datetime) -> Workbook:
        """Compute every table of the page anew, within what the viewer may see."""
        services, language = self._services, Language(schedule.language)
        page, _ = services.page_at(schedule.path)
        if page is None or not can_schedule(page):
            msg = f"The page {schedule.path} has no tables to send any more."
            raise UnknownNameError(msg)
        params = params_of(schedule.search)
        self._refuse_what_is_gone(params, page, viewer)
        version = definition_version(services.settings)
        receipt = Receipt(by=viewer.email, at=now, definitions=version)
        if page.panel == CUSTOMERS:
            return self._customers(params, viewer, language, receipt)
        found = [
            (view, _selection(view, params, language))
            for section in sections_of(page)
            for view in [services.view(section, params, viewer)]
        ]
        for view, chosen in found:
            rows = view.table.height if chosen.row_ids is None else len(chosen.row_ids)
            services.limits.check(rows, len(view.section.table))
        rules = self._portfolio(params).rules
        content, rows = to_workbook(found, language, rules, receipt)
        return Workbook(content=content, rows=rows, region=found[0][0].filters.region)

    def _portfolio(self, params: Mapping[str, str]) -> Portfolio:
        """Return the release that answers: the newest, or the one that the URL pins."""
        found = self._services.releases.of(params)
        if found.portfolio is None:
            raise ReleaseError(self._services.problem)
        if found.unknown:
            msg = "The release of the view is not kept any more."
            raise UnknownNameError(msg)
        return found.portfolio

    def _customers(
        self, params: Mapping[str, str], viewer: Viewer, language: Language, receipt: Receipt
    ) -> Workbook:
        """Return the customer list, of all regions, as far as the filters leave it."""
        services = self._services
        portfolio, database = self._portfolio(params), services.database
        found = find(params, portfolio, database, viewer, limit=None)
        with database.read() as session:
            carried = tags_of(session, found.rows["customer_id"].to_list())
        names = {customer: [tag.name for tag in own] for customer, own in carried.items()}
        frame = customers_frame(found, names)
        services.limits.check(frame.height, frame.width)
        tagged = read_tag_filter(params, database).names
        about = [
            (language.text("Section"), language.text("Customers")),
            (language.text("Filter"), filters_in_words(found.query, language, tagged) or NOTHING),
            (language.text("As of"), language.date(found.as_of) if found.as_of else NOTHING),
            (language.text("Release"), found.release),
            (language.text("Rows"), language.number(found.found)),
            *receipt.as_words(language),
        ]
        content = to_plain_workbook(frame, language.text("Customers"), about, language)
        return Workbook(content=content, rows=found.found, region="")

    def _refuse_what_is_gone(
        self, params: Mapping[str, str], page: PageLike, viewer: Viewer
    ) -> None:
        """Refuse to fall back to anything wider, or other, than what was scheduled.

        On screen a notice says so; in a mail nobody would read it in time.
        """
        if read_tag_filter(params, self._services.database).unknown:
            msg = "The tag of the view does not exist any more."
            raise UnknownNameError(msg)
        portfolio = self._portfolio(params)
        if not portfolio.regions_of(viewer.scope):
            msg = "There is no customer this recipient may see."
            raise NotAllowedError(msg)
        filters = read_filters(params, portfolio, viewer.scope, page.sections)
        since = compared(filters, params, portfolio, viewer.scope).since
        if page.panel == CHANGES and params.get(FROM.name) not in (None, "", str(since)):
            msg = "There is nothing to compare with on the date of the view any more."
            raise UnknownNameError(msg)
        for key in KEYS:
            wanted = params.get(key.name)
            heeded = key.name == "as_of" if page.panel == CUSTOMERS else key.on(page.sections)
            if not wanted or not heeded:
                continue
            if str(getattr(filters, key.name) or "") == wanted:
                continue
            offered = key.offer(portfolio, page.sections, viewer.scope).default
            if wanted == offered:
                continue  # the default, written out
            if key.name == "region":
                msg = "There is no customer this recipient may see in the region."
                raise NotAllowedError(msg)
            msg = f"The view cannot be narrowed to {key.name} {wanted!r} any more."
            raise UnknownNameError(msg)


def can_schedule(page: PageLike) -> bool:
    """Tell whether a page has tables that can be sent."""
    return page.panel == CUSTOMERS or bool(sections_of(page))


def sections_of(page: PageLike) -> tuple[Section, ...]:
    """Return the sections of a page, in the order it shows them."""
    return (
        tuple(COMPARED.values()) if page.panel == CHANGES else (*page.sections, *page.shortlists)
    )


def pins(search: str) -> bool:
    """Tell whether a query string holds a date fast, so that each copy is of the same day."""
    return any(params_of(search).get(name) for name in PINNED)


def _selection(view: View, params: dict[str, str], language: Language) -> Selection:
    section: Section = view.section
    if not section.table:
        return Selection()
    try:
        rows: Any = rows_on_screen(view, params, language)
    except (ValueError, KeyError, TypeError) as error:
        msg = "The column filters of the view cannot be read."
        raise UnknownNameError(msg) from error
    return Selection(row_ids=rows, said=table_filters(params, section, language))
