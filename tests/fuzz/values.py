"""Values: what callbacks read from a page, and what somebody honest would have there.

A new callback needs an entry for each thing it reads that is not here yet: the component's id, or
the fixed parts of it (`part` first), and the property.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.data.log_datasets import LOG_PRODUCTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from fuzz.wishes import Wishes

    Make = Callable[[Wishes], Any]


def _clicks(wishes: Wishes) -> Any:
    return wishes.draw.choice([1, 1, 1, 2, 0, None])


def _pick(*values: Any) -> Make:
    return lambda wishes: wishes.or_hostile(wishes.draw.choice(values))


def _yes_or_no(wishes: Wishes) -> Any:
    return wishes.or_hostile(wishes.draw.random() < 0.7)


def _written(wishes: Wishes) -> Any:
    return wishes.text()


def _shown(wishes: Wishes) -> Any:
    return wishes.or_hostile(f"/administration/{wishes.draw.choice(wishes.office.users)}")


def _rows(wishes: Wishes) -> Any:
    request = {"ids": wishes.row_ids(), "columns": wishes.or_hostile(list(COLUMNS))}
    form = wishes.or_hostile(wishes.draw.choice(["csv", "xlsx"]))
    path = wishes.or_hostile(wishes.path())
    return wishes.or_hostile(request | {"format": form, "path": path})


def _asked(wishes: Wishes) -> Any:
    view = {"kind": "view", "path": wishes.or_hostile(wishes.path()), "search": wishes.search()}
    report = {"kind": "report", "template": wishes.draw.choice(REPORTS), "region": "US"}
    return wishes.or_hostile({"zone": "Europe/Kyiv"} | wishes.draw.choice([view, report]))


def _edit(wishes: Wishes) -> Any:
    seen = wishes.draw.choice([1, 1, 2])
    return wishes.or_hostile(
        {"tag": wishes.id(), "seen": seen, "remove": wishes.draw.random() < 0.2}
    )


def _seen_user(wishes: Wishes) -> Any:
    role = wishes.draw.choice(["assigned_user", "admin"])
    return wishes.or_hostile({"role": role, "active": True})


def _block(wishes: Wishes) -> Any:
    sort = [{"colId": wishes.draw.choice(COLUMNS), "sort": wishes.or_hostile("desc")}]
    start = wishes.draw.choice([0, 0, 0, 100, -1, 10**12])
    request = {"startRow": wishes.or_hostile(start), "endRow": 10**6, "sortModel": sort}
    return wishes.or_hostile(request | {"filterModel": wishes.or_hostile({})})


COLUMNS = ("customer", "customer_id", "subscription_id", "region", "total", "assigned", "used",
           "location", "queue", "end_date")  # fmt: skip
REPORTS = ("calling_usage_details", "devices", "phone_numbers")
ROLES = ("assigned_user", "admin", "read_only_admin", "nobody", "help_desk")
WILD: dict[str, Make] = {
    "section": lambda wishes: wishes.section(),
    "list": lambda _: "customers",
    "tag": lambda wishes: wishes.tag(),
    "view": lambda wishes: wishes.id(),
    "report": lambda wishes: wishes.id(),
    "schedule": lambda wishes: wishes.id(),
}
VALUES: dict[tuple[str, str], Make] = {
    ("view", "data"): lambda wishes: wishes.view(),
    ("mounted", "data"): _shown,
    ("url", "search"): lambda wishes: wishes.search(),
    ("url", "pathname"): lambda wishes: wishes.or_hostile(wishes.path()),
    ("export-request", "data"): _rows,
    ("export-request", "id"): lambda wishes: {
        "part": "export-request",
        "section": wishes.or_hostile(wishes.section()),
    },
    ("review-button", "n_clicks"): _clicks,
    # ---- tags ----
    ("create:tags", "n_clicks"): _clicks,
    ("new:tags", "n_submit"): _clicks,
    ("new:tags", "value"): _written,
    ("cancel:tags", "n_clicks"): _clicks,
    ("tag-rename", "n_clicks"): _clicks,
    ("tag-remove", "n_clicks"): _clicks,
    ("confirm:tags", "n_clicks"): _clicks,
    ("rename:tags", "n_submit"): _clicks,
    ("rename:tags", "value"): _written,
    ("edit:tags", "data"): _edit,
    ("bulk-chosen", "data"): lambda wishes: wishes.or_hostile(
        wishes.draw.choice([wishes.customers(), wishes.own_customers()])
    ),
    ("bulk-add", "n_clicks"): _clicks,
    ("bulk-remove", "n_clicks"): _clicks,
    ("bulk-tag", "value"): lambda wishes: wishes.or_hostile(wishes.tag()),
    ("bulk-changed", "data"): _pick(0, 3),
    # ---- customers, and the views of them ----
    ("grid:customers", "getRowsRequest"): _block,
    ("save:customers", "n_clicks"): _clicks,
    ("view-keep", "n_clicks"): _clicks,
    ("view-name", "n_submit"): _clicks,
    ("view-name", "value"): _written,
    ("view-replace", "checked"): _yes_or_no,
    ("view-forget", "n_clicks"): _clicks,
    # ---- reports ----
    ("template:reports", "value"): _pick(*REPORTS, "x" * 32),
    ("base:reports", "value"): _pick(*REPORTS),
    ("edited:reports", "value"): _pick("", "new", "x" * 32),
    ("home:reports", "value"): _pick("US", "EU", "XX", None),
    ("region:reports", "value"): _pick("US", "CA", "EU", "UAE", "XX"),
    ("from:reports", "value"): _pick("2026-01-04", None, "9999-12-31"),
    ("to:reports", "value"): _pick("2026-11-14", None, "0001-01-01"),
    ("form:reports", "value"): _pick("csv", "xlsx", "exe"),
    ("columns:reports", "value"): lambda wishes: wishes.or_hostile(list(COLUMNS)),
    ("filtered:reports", "value"): _pick(*COLUMNS, None),
    ("text:reports", "value"): _written,
    ("name:reports", "value"): _written,
    ("generate:reports", "n_clicks"): _clicks,
    ("save:reports", "n_clicks"): _clicks,
    ("remove:reports", "n_clicks"): _clicks,
    ("poll:reports", "n_intervals"): _clicks,
    ("report-delete", "n_clicks"): _clicks,
    # ---- schedules ----
    ("schedules:reports", "id"): lambda _: {"part": "schedules", "section": "reports"},
    ("ask:schedule", "data"): _asked,
    ("create:schedule", "n_clicks"): _clicks,
    ("recipients:schedule", "value"): lambda wishes: wishes.or_hostile(
        [wishes.draw.choice(wishes.office.users)]
    ),
    ("name:schedule", "value"): _written,
    ("every:schedule", "value"): _pick("daily", "weekly", "monthly", "hourly"),
    ("weekday:schedule", "value"): _pick("0", "6", "7", None),
    ("day:schedule", "value"): _pick(1, 31, 32, "5", None),
    ("at:schedule", "value"): _pick("08:00", "25:00", ""),
    ("zone:schedule", "value"): _pick("Europe/Kyiv", "UTC", "Mars"),
    ("delivery:schedule", "value"): _pick("mail", "folder", "pigeon"),
    ("schedule-pause", "n_clicks"): _clicks,
    ("schedule-resume", "n_clicks"): _clicks,
    ("schedule-remove", "n_clicks"): _clicks,
    # ---- administration ----
    ("admin:add", "n_clicks"): _clicks,
    ("admin:email", "value"): lambda wishes: wishes.draw.choice(
        ["x@partner.example", f"u{wishes.draw.random()}@partner.example", wishes.text()]
    ),
    ("admin:name", "value"): _written,
    ("admin:new-role", "value"): _pick(*ROLES),
    ("admin:save", "n_clicks"): _clicks,
    ("admin:role", "value"): _pick(*ROLES),
    ("admin:active", "checked"): _yes_or_no,
    ("admin:seen", "data"): _seen_user,
    ("admin:assign", "n_clicks"): _clicks,
    ("admin:unassign", "n_clicks"): _clicks,
    ("admin:found", "value"): lambda wishes: wishes.or_hostile(wishes.customers()),
    ("admin:found", "searchValue"): _pick("zq", "client", "", "zq0001", "ID-ZQ"),
    ("admin:assigned", "value"): lambda wishes: wishes.or_hostile(wishes.customers()),
    ("admin:show", "n_clicks"): _clicks,
    ("admin:newer", "n_clicks"): _clicks,
    ("admin:older", "n_clicks"): _clicks,
    ("admin:page", "data"): _pick(0, 1, 10**9, -1),
    ("admin:action", "value"): _pick("", "exported", "user.added"),
    ("admin:actor", "value"): _pick("", "admin", "%"),
    ("admin:since", "value"): _pick("", "2026-01-01", "0001-01-01", "9999-12-31"),
    ("admin:until", "value"): _pick("", "2026-12-31", "9999-12-31"),
}
for product in LOG_PRODUCTS:
    VALUES[f"grid:log_{product}", "getRowsRequest"] = _block
    VALUES[f"save:log_{product}", "n_clicks"] = _clicks
