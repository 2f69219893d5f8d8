"""Rows of the customer list: every value as it is read, for the cells that draw it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from dashboard.components.reasons import sentence, status_name
from dashboard.i18n import NOTHING
from dashboard.metrics.reasons import reasons
from dashboard.metrics.statuses import SIGN_IN_UNKNOWN
from dashboard.wording.caption import region as region_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from dashboard.components.tags import TagLike
    from dashboard.i18n import Language
    from dashboard.metrics.rules import Rules
    from dashboard.portal import Portal
    from dashboard.sections.customers import CustomerPage

# What a product's name holds → its icon in assets/08-customers.css; the first that fits.
ICONS = {
    "call": "calling",
    "voice": "calling",
    "meet": "meetings",
    "video": "meetings",
    "sms": "messaging",
    "messag": "messaging",
    "chat": "messaging",
    "translat": "translation",
}
WEBEX = "launch_webex"
LAUNCH = {"8x8": "launch_8x8"}  # by vendor, a deep link of the portal file; else Webex
VENDOR = "Webex "  # which goes without saying beside an icon


def customer_rows(
    page: CustomerPage,
    tags: Mapping[str, Sequence[TagLike]],
    language: Language,
    rules: Rules,
    prefix: str,
    portal: Portal,
) -> list[dict[str, Any]]:
    """Return the rows of a page as the grid draws them."""
    home = f"{prefix.rstrip('/')}/customers/"
    return [
        {
            "row_id": row["customer_id"],
            "customer": row["customer"],
            "href": home + quote(row["customer_id"], safe=""),
            "statuses": _statuses(behind, row["other_statuses"], language, rules),
            "products": [product(name) for name in row["products"]],
            "tags": [tag.name for tag in tags.get(row["customer_id"], ())],
            "region": region_name(row["region"], language),
            "licenses_at_stake": row["licenses_at_stake"],
            "nearest_end": _date(row["nearest_end"], language),
            "last_admin_sign_in": _sign_in(row, language),
            "remaining_credits": _money(row, language),
            "assigned_users": row["assigned_users"],
            "customer_id": row["customer_id"],
            "launch": portal.link(LAUNCH.get(row["vendor"], WEBEX), row["customer_id"]),
        }
        for row, behind in zip(page.rows.to_dicts(), page.behind.to_dicts(), strict=True)
    ]


def product(name: str) -> dict[str, str]:
    """Return how a product is drawn: an icon and the shortest name that tells it."""
    found = (icon for part, icon in ICONS.items() if part in name.lower())
    return {"name": name, "short": name.removeprefix(VENDOR), "icon": next(found, "other")}


def _statuses(
    behind: Mapping[str, Any], others: Sequence[str], language: Language, rules: Rules
) -> list[dict[str, str]]:
    """Return the badges of a customer, most urgent first; texts unknown to us stand last."""
    found = [
        {
            "name": reason.status,
            "label": status_name(reason.status, language),
            "why": sentence(reason, language, rules),
        }
        for reason in reasons(behind)
        if reason.status != SIGN_IN_UNKNOWN.name  # it has a column
    ]
    return found + [{"name": "other", "label": text, "why": ""} for text in others]


def _sign_in(row: Mapping[str, Any], language: Language) -> str:
    if row[SIGN_IN_UNKNOWN.name]:
        return language.text(SIGN_IN_UNKNOWN.label)
    return _date(row["last_admin_sign_in"], language)


def _date(day: Any, language: Language) -> str:
    return language.date(day) if day else NOTHING


def _money(row: Mapping[str, Any], language: Language) -> str:
    """Write an amount with its currency's code: amounts of several stand below each other."""
    amount: Decimal | None = row["remaining_credits"]
    if amount is None:
        return row["billing_currency"] or NOTHING
    return f"{language.number(amount, 2)} {row['billing_currency'] or ''}".strip()  # type: ignore[arg-type]
