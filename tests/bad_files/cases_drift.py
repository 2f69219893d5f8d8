"""R-06: twelve kinds of drift of a vendor's schema, with the outcome DATA.md documents."""

from __future__ import annotations

from collections.abc import Callable

from bad_files.bases import Export, rendered, with_cell, with_rows
from bad_files.cases import UKRAINIAN, headed
from bad_files.outcomes import ALL_BAD, GOOD, Build, Case, Outcome, refusing

Column = dict[str, str]

NEW_STATUS: Column = {
    "webex_customers": "Relationship",
    "webex_subscriptions": "Setup Status",
    "webex_orders": "Status",
    "webex_partner_admins": "Role",
}
NEW_PRODUCT: Column = {
    "webex_customers": "Products",
    "webex_licenses": "Product",
    "webex_orders": "Product",
}
NEW_TYPE: Column = {"webex_subscriptions": "Type", "webex_orders": "Order Type"}
RETYPED: Column = {
    "webex_customers": "Created",
    "webex_subscriptions": "End Date",
    "webex_licenses": "Used Licenses",
    "webex_orders": "Order Date",
}


def every(column: str, value: str, export: Export) -> bytes:
    """The good file with one value all the way down a column."""
    rows = export.table()
    for row in rows:
        row[export.at(column)] = value
    return with_rows(export, rows).encode()


def everywhere(columns: Column, value: str) -> Build:
    return lambda export: every(columns[export.id], value, export)


def one(columns: Column, value: str) -> Build:
    return lambda export: with_rows(export, with_cell(export, columns[export.id], value)).encode()


def percent(export: Export) -> bytes:
    rows = export.table()
    at = export.at(export.count or "")
    for row in rows:
        row[at] += "%"
    return with_rows(export, rows).encode()


def reordered(export: Export) -> bytes:
    return rendered([row[::-1] for row in (export.header, *export.rows)]).encode()


def added(*names: str) -> Build:
    """Columns nobody knows, one in front of the good ones and the others behind."""

    def build(export: Export) -> bytes:
        first, *rest = names
        rows = [["x", *row, *("y" for _ in rest)] for row in export.rows]
        return rendered([[first, *export.header, *rest], *rows]).encode()

    return build


def removed_optional(export: Export) -> bytes:
    keep = [index for index, name in enumerate(export.header) if name in export.required]
    table = (export.header, *export.rows)
    return rendered([[row[index] for index in keep] for row in table]).encode()


def renamed(pick: Callable[[Export], str]) -> Build:
    return lambda export: headed(lambda c: "Renamed Thing" if c == pick(export) else c)(export)


def duplicated(again: Callable[[str], str], pick: Callable[[Export], str]) -> Build:
    """A column twice, with other values the second time."""

    def build(export: Export) -> bytes:
        rows = [[*row, "other"] for row in export.rows]
        return rendered([[*export.header, again(pick(export))], *rows]).encode()

    return build


def translated(export: Export) -> str:
    return next(column for column in export.header if column in UKRAINIAN)


def listed(columns: Column) -> Callable[[Export], bool]:
    return lambda export: export.id in columns


def has_optional(export: Export) -> bool:
    return bool(export.optional)


def has_translated(export: Export) -> bool:
    return not UKRAINIAN.keys().isdisjoint(export.header)


def a_customer(export: Export) -> bool:
    return export.id == "webex_customers"


RENAMED_OPTIONAL = Outcome(kept=4, unknown=("Renamed Thing",))
GERMAN = {"Organization ID": "Organisations-Kennung", "Subscription ID": "Abo-Nummer"}

# DATA.md does not name duplicated columns. Two columns of one meaning cannot both be right,
# so a file that has them is refused with the name of the column.
DUPLICATED = (
    Case("duplicated-required", duplicated(str, lambda e: e.required[0]), (refusing(),)),
    Case("duplicated-loud", duplicated(str.upper, lambda e: e.required[-1]), (refusing(),)),
    Case(
        "duplicated-translated",
        duplicated(UKRAINIAN.__getitem__, translated),
        (refusing(),),
        has_translated,
    ),
    Case(
        "duplicated-optional",
        duplicated(str, lambda e: e.optional[-1]),
        (refusing(),),
        has_optional,
    ),
    # An unknown column is "never an error", however often it comes.
    Case(
        "duplicated-unknown",
        added("Extra", "Extra"),
        (
            Outcome(kept=4, unknown=("Extra",)),
            Outcome(kept=4, unknown=("Extra", "Extra")),
        ),
    ),
)

ADDED = (
    Case("added", added("Favorite Color"), (Outcome(kept=4, unknown=("Favorite Color",)),)),
    Case(
        "added-several",
        added("Neu", "Ще одна", "x" * 300),
        (Outcome(kept=4, unknown=("Neu", "Ще одна", "x" * 300)),),
    ),
    # A column without a name is unknown too; what name the report gives it is open.
    Case(
        "added-unnamed",
        added(""),
        (
            Outcome(kept=4, unknown=("",)),
            Outcome(kept=4),
        ),
    ),
)

DRIFT = (
    Case("renamed-required", renamed(lambda e: e.required[-1]), (refusing(),)),
    Case("renamed-optional", renamed(lambda e: e.optional[-1]), (RENAMED_OPTIONAL,), has_optional),
    Case("reordered", reordered, (GOOD,)),
    *ADDED,
    Case("removed-optional", removed_optional, (GOOD,)),
    Case("retyped", everywhere(RETYPED, "quite a few"), (ALL_BAD,), listed(RETYPED)),
    Case("translated-known", headed(lambda c: UKRAINIAN.get(c, c)), (GOOD,)),
    Case("translated-unknown", headed(lambda c: GERMAN.get(c, c)), (refusing(),), has_translated),
    Case("unit-percent", percent, (ALL_BAD,), lambda e: e.count is not None),
    Case("new-status", one(NEW_STATUS, "Backordered"), (GOOD,), listed(NEW_STATUS)),
    Case("new-product", one(NEW_PRODUCT, "Webex Holograms"), (GOOD,), listed(NEW_PRODUCT)),
    Case("new-region", one({"webex_customers": "Region"}, "APJC"), (GOOD,), a_customer),
    Case("new-type", one(NEW_TYPE, "Pilot"), (GOOD,), listed(NEW_TYPE)),
    *DUPLICATED,
)
