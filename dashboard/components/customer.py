"""Customer: the frame of a customer's page, its head, and the tabs below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from dash import html

from dashboard.components.ids import slot
from dashboard.components.links import inside_link, outside_link
from dashboard.components.reasons import sentence, status_name
from dashboard.components.review import review_button
from dashboard.components.tags import chips
from dashboard.data.datasets import EIGHT_BY_EIGHT
from dashboard.data.log_datasets import LOG_PRODUCTS
from dashboard.i18n import NOTHING
from dashboard.metrics.statuses import FLAGS, READY_FOR_ORDER_SETUP
from dashboard.wording.caption import region

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from dash.development.base_component import Component

    from dashboard.components.tags import TagLike
    from dashboard.i18n import Language
    from dashboard.metrics.reasons import Reason
    from dashboard.metrics.rules import Rules
    from dashboard.portal import Portal
    from dashboard.sections.customer import CustomerDetail

HOME = ""  # the tab that an address without one opens
TRIALS, ADMINISTRATORS, CALLING = TABS = ("trials", "administrators", "calling")
LOGS = {f"logs/{product}": product for product in LOG_PRODUCTS}
PLACE = "customer"  # of the slots of this page
LISTED = "; "  # between the values of one field, as exports write them


class Tab(NamedTuple):
    """One part of a customer's page, at an address of its own."""

    name: str
    label: str


def tabs(vendor: str | None, logs: Iterable[str], language: Language) -> list[Tab]:
    """Return the tabs a customer has; an 8x8 account has the logs of its own products (E-015)."""
    if vendor == EIGHT_BY_EIGHT:
        own = (Tab(f"logs/{product}", log_name(product, language)) for product in logs)
        return [Tab(HOME, language.text("Usage")), *own]
    return [
        Tab(HOME, language.text("Subscriptions")),
        Tab(TRIALS, language.text("Trials")),
        Tab(ADMINISTRATORS, language.text("Partner administrators")),
        Tab(CALLING, language.text("Calling")),
    ]


def log_name(product: str, language: Language) -> str:
    """Name the log of an 8x8 product."""
    names = {
        "sms": language.text("SMS log"),
        "voice": language.text("Voice log"),
        "video": language.text("Video log"),
        "messaging": language.text("Messaging apps log"),
    }
    return names[product]


def address(home: str, customer_id: str, tab: str) -> str:
    """Return where a tab of a customer is; `home` has a `*` in the place of any of them."""
    place = quote(customer_id, safe="")  # an id may hold any character
    return home.replace("*", f"{place}/{tab}" if tab else place, 1)


def frame(tab: str, body: Sequence[Component], language: Language, *, review: bool) -> Component:
    """Lay out the page around one tab, without values; one with licenses offers their review.

    Head, tabs and body are elements of different kinds, so that what a slot holds goes with it
    when another page comes.
    """
    return html.Div(
        [
            html.Header(html.Div(id=slot(PLACE, "head"), className="pl-customer-head")),
            html.Div(
                [_tabs(language), *([review_button(language)] if review else [])],
                className="pl-tabs-row",
            ),
            html.Article(body, key=tab, className="pl-page"),
        ],
        className="pl-page",
    )


def _tabs(language: Language) -> Component:
    name = {"aria-label": language.text("Parts of this customer")}
    return html.Nav(html.Div(id=slot(PLACE, "tabs")), className="pl-tabs", **name)


def tab_links(shown: Sequence[Tab], current: str, href: Mapping[str, str]) -> Component:
    """Return the tabs as links, of which one is the page itself."""
    links = []
    for tab in shown:
        link = inside_link(tab.label, href[tab.name], "pl-tab")
        if tab.name == current:
            setattr(link, "aria-current", "page")
        links.append(html.Li(link))
    return html.Ul(links)


def head(
    detail: CustomerDetail,
    tags: Iterable[TagLike],
    portal: Portal,
    language: Language,
    rules: Rules,
) -> list[Component]:
    """Return who it is, where its organization opens, and each status with its reason."""
    row = detail.row
    launch = "launch_8x8" if row["vendor"] == EIGHT_BY_EIGHT else "launch_webex"
    link = portal.link(launch, row["customer_id"])
    words = language.text("Launch organization")
    return [
        html.Div(
            [
                html.H1(row["customer"] or row["customer_id"]),
                *([outside_link(words, link, language, "pl-action")] if link else []),
            ],
            className="pl-customer-title",
        ),
        html.Dl(
            [html.Div([html.Dt(n), html.Dd(v)]) for n, v in _facts(row, language)],
            className="pl-facts",
        ),
        chips(tags, language),
        *_statuses(detail, portal, language, rules),
        html.P(_freshness(detail, language), className="pl-caption"),
    ]


def _statuses(
    detail: CustomerDetail, portal: Portal, language: Language, rules: Rules
) -> list[Component]:
    """Return every status with its reason; an 8x8 account has none, nor what makes one."""
    others = detail.row["other_statuses"]
    if detail.row["vendor"] == EIGHT_BY_EIGHT:
        return []
    return [
        html.H2(language.text("Statuses"), className="pl-hidden"),
        html.Ul(
            [_reason(reason, detail, portal, language, rules) for reason in detail.statuses]
            + [_other(status, language) for status in others],
            className="pl-reasons",
        )
        if detail.statuses or others
        else html.P(language.text("No status is set."), className="pl-meaning"),
    ]


def _facts(row: Mapping[str, Any], language: Language) -> list[tuple[str, str]]:
    """Return what the customer list says of it, each with its name."""
    sign_in = row["last_admin_sign_in"]
    common = [
        (language.text("ID"), row["customer_id"]),
        (language.text("Region"), region(row["region"], language)),
        (language.text("Products"), LISTED.join(row["products"] or ()) or NOTHING),
    ]
    if row["vendor"] == EIGHT_BY_EIGHT:
        amount, currency = row["remaining_credits"], row["billing_currency"]
        credit = NOTHING if amount is None else language.money(amount, currency)
        return [
            *common,
            (language.text("Billing currency"), currency or NOTHING),
            (language.text("Remaining credits"), credit),
            (language.text("Assigned users"), _people(row["assigned_users"])),
        ]
    return [
        *common,
        (language.text("Relationship"), row["relationship"] or NOTHING),
        (language.text("Country"), row["country"] or NOTHING),
        (language.text("External ID"), row["external_id"] or NOTHING),
        (
            language.text("Last administrator sign-in"),
            language.date(sign_in) if sign_in else NOTHING,
        ),
    ]


def _people(names: Any) -> str:
    return (LISTED.join(names) if isinstance(names, list) else names) or NOTHING


def _reason(
    reason: Reason, detail: CustomerDetail, portal: Portal, language: Language, rules: Rules
) -> Component:
    """Say why a status is set and what would clear it; an order is set up in the portal."""
    parts: list[Component | str] = [sentence(reason, language, rules)]
    link = portal.link("order_setup", detail.row["customer_id"])
    if reason.status == READY_FOR_ORDER_SETUP.name and link:
        parts += [" ", outside_link(language.text("Set up the order"), link, language)]
    kind = "flag" if reason.status in FLAGS else reason.status
    return html.Li([_badge(status_name(reason.status, language), kind), html.Span(parts)])


def _other(status: str, language: Language) -> Component:
    words = language.text("As the vendor's export says; its meaning is not known here.")
    return html.Li([_badge(status, "other"), html.Span(words)])


def _badge(words: str, kind: str) -> Component:
    return html.Span(words, className=f"pl-badge {kind}")


def _freshness(detail: CustomerDetail, language: Language) -> str:
    """Say how old what is shown is; an account has a log's own dates instead of a snapshot's."""
    if detail.row["vendor"] == EIGHT_BY_EIGHT:
        as_of = language.date(detail.as_of) if detail.as_of else NOTHING
        return language.text("As of {as_of} UTC", as_of=as_of)
    return language.text(
        "As of {as_of} UTC · license snapshot of the week ending {week}",
        as_of=language.date(detail.as_of) if detail.as_of else NOTHING,
        week=language.date(detail.week_ending) if detail.week_ending else NOTHING,
    )
