"""Statuses: what a customer's subscriptions, trials and sign-ins say about it (DATA §6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from dashboard.metrics.segments import DAYS_LEFT, IS_ACTIVE, IS_TRIAL, RENEWS

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.metrics.rules import Rules

ENDED = pl.col("end_date") < pl.col("as_of")
DAYS_SINCE_SIGN_IN = (pl.col("as_of") - pl.col("last_admin_sign_in").cast(pl.Date)).dt.total_days()
# What the exports are known to say; other texts are statuses of their own, shown as they are.
PAYMENTS = ("Paid", "Unpaid")
SETUPS = ("Complete", "Pending")

_whose = "customer_id"
_ended_last = pl.col("end_date").filter(ENDED).max().over(_whose)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Status:
    """One status of a customer: when it is set, and which of its terms are behind it.

    A term is a subscription or trial. `terms` reads the columns of one, `as_of`, and the sums of
    its lines (`overage`, `overuse`); the status is set where a term carries it or, with `where`,
    where that holds for the customer. `excess` sums licenses beyond the limit over those terms;
    `since` is the first day a term carried it, where the exports tell. `own` terms are looked for
    when the status is asked for together with a type of subscription.
    """

    name: str
    label: str
    definition: str
    terms: Callable[[Rules], pl.Expr]
    where: Callable[[Rules], pl.Expr] | None = None
    excess: str | None = None
    since: Callable[[Rules], pl.Expr] | None = None
    own: bool = False
    rule: str | None = None


SUSPENDED = Status(
    name="suspended",
    label="Suspended",
    definition="An active subscription has not been paid for yet.",
    terms=lambda _: IS_ACTIVE & (pl.col("payment_status") == "Unpaid"),
    own=True,
)
EXPIRED = Status(
    name="expired",
    label="Expired",
    definition="The customer had subscriptions or trials, and none of them is active.",
    terms=lambda _: ~IS_ACTIVE.any().over(_whose) & ENDED & (pl.col("end_date") == _ended_last),
    since=lambda _: pl.col("end_date") + pl.duration(days=1),
)
LICENSE_OVERAGE = Status(
    name="license_overage",
    label="License overage",
    definition=(
        "More licenses assigned than bought, counted per subscription and product; spare licenses "
        "elsewhere never offset it."
    ),
    terms=lambda _: IS_ACTIVE & (pl.col("overage") > 0),
    excess="overage",
    own=True,
    rule="G-9",
)
EXPIRING_SOON = Status(
    name="expiring_soon",
    label="Expiring soon",
    definition=(
        "An active subscription or trial ends within {expiring_soon_days} days and will not renew "
        "by itself. (“Nearing expiration” looks {soon_days} days ahead.)"
    ),
    terms=lambda rules: (
        IS_ACTIVE & DAYS_LEFT.is_between(0, rules.expiring_soon_days) & (IS_TRIAL | ~RENEWS)
    ),
    since=lambda rules: pl.max_horizontal(
        "start_date", pl.col("end_date") - pl.duration(days=rules.expiring_soon_days)
    ),
    own=True,
    rule="G-1",
)
READY_FOR_ORDER_SETUP = Status(
    name="ready_for_order_setup",
    label="Ready for order setup",
    definition="An active subscription is not yet fully set up.",
    terms=lambda _: IS_ACTIVE & (pl.col("setup_status") == "Pending"),
    own=True,
)
NO_RECENT_ACTIVITY = Status(
    name="no_recent_activity",
    label="No recent activity",
    definition=(
        "The last administrator sign-in was more than {inactive_days} days before the as-of date; "
        "without sign-in data the status is never set."
    ),
    terms=lambda _: IS_ACTIVE,
    where=lambda rules: rules.inactive_days < DAYS_SINCE_SIGN_IN,
    rule="G-2",
)
TRIAL = Status(
    name="trial",
    label="Trial",
    definition="The customer has an active trial.",
    terms=lambda _: IS_ACTIVE & IS_TRIAL,
    since=lambda _: pl.col("start_date"),
    own=True,
)
SUBSCRIPTION = Status(
    name="subscription",
    label="Subscription",
    definition="The customer has an active subscription.",
    terms=lambda _: IS_ACTIVE & ~IS_TRIAL,
    since=lambda _: pl.col("start_date"),
    own=True,
)

# In the order of urgency (G-14).
STATUSES = {
    status.name: status
    for status in (
        SUSPENDED,
        EXPIRED,
        LICENSE_OVERAGE,
        EXPIRING_SOON,
        READY_FOR_ORDER_SETUP,
        NO_RECENT_ACTIVITY,
        TRIAL,
        SUBSCRIPTION,
    )
}

USED_OVER_TOTAL = Status(
    name="used_over_total",
    label="Uses more than bought",
    definition=(
        "More licenses used in the last seven days than bought, counted per subscription and "
        "product; no status of its own, shown beside them."
    ),
    terms=lambda _: IS_ACTIVE & (pl.col("overuse") > 0),
    excess="overuse",
    rule="G-9",
)
SIGN_IN_UNKNOWN = Status(
    name="sign_in_unknown",
    label="Sign-in unknown",
    definition="No export says when an administrator last signed in to Control Hub.",
    terms=lambda _: IS_ACTIVE,
    where=lambda _: pl.col("last_admin_sign_in").is_null() & (pl.col("vendor") != "8x8"),
    rule="G-2",
)
# Shown beside the statuses, without a place in their order.
FLAGS = {flag.name: flag for flag in (USED_OVER_TOTAL, SIGN_IN_UNKNOWN)}

LICENSES_AT_STAKE = (
    "The licenses behind the most urgent status: for License overage those over the limit; for "
    "Expired those of the subscriptions that ended last, as last delivered; otherwise all "
    "licenses of the subscriptions that set it, and for No recent activity of all active ones."
)


def carried(terms: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """Add to each term one boolean column per status and flag it carries, and to whom."""
    flags = {s.name: s.terms(rules).fill_null(value=False) for s in _every()}
    return terms.with_columns(**flags)


def summed(terms: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """Return per customer, for each status NAME, what is behind it, from terms that carry it.

    Columns: customer_id; NAME.subscriptions (which are no trials), NAME.trials, NAME.licenses,
    NAME.excess, NAME.ends (the first end), NAME.since.
    """
    return terms.group_by(_whose).agg(e for s in _every() for e in _sums(s, rules))


def judged(customers: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """Add to customers with the columns of `summed`: one boolean column per status and flag.

    And besides: statuses (names, most urgent first), most_urgent, urgency (its place, the number
    of statuses where there is none), licenses_at_stake.
    """
    flagged = customers.with_columns(**{s.name: _is_set(s, rules) for s in _every()})
    names = list(STATUSES)
    return flagged.with_columns(
        statuses=pl.concat_list(_where_set(n, pl.lit(n)) for n in names).list.drop_nulls(),
        most_urgent=pl.coalesce(_where_set(n, pl.lit(n)) for n in names),
        urgency=pl.coalesce(
            *(_where_set(n, pl.lit(place, pl.UInt8)) for place, n in enumerate(names)),
            pl.lit(len(names), pl.UInt8),
        ),
        licenses_at_stake=pl.coalesce(_where_set(n, _at_stake(STATUSES[n])) for n in names),
    )


def _every() -> tuple[Status, ...]:
    return (*STATUSES.values(), *FLAGS.values())


def _sums(status: Status, rules: Rules) -> list[pl.Expr]:
    among = pl.col(status.name)
    licenses = pl.col(status.excess).filter(among).sum() if status.excess else pl.lit(0, pl.Int64)
    since = status.since(rules) if status.since else pl.lit(None, pl.Date)
    parts = {
        "subscriptions": (among & ~IS_TRIAL).sum(),
        "trials": (among & IS_TRIAL).sum(),
        "licenses": pl.col("licenses").filter(among).sum(),
        "excess": licenses,
        "ends": pl.col("end_date").filter(among).min(),
        "since": since.filter(among).min() if status.since else since,
    }
    return [expr.alias(f"{status.name}.{part}") for part, expr in parts.items()]


def _is_set(status: Status, rules: Rules) -> pl.Expr:
    if status.where is not None:
        return status.where(rules).fill_null(value=False)
    return (pl.col(f"{status.name}.subscriptions") + pl.col(f"{status.name}.trials")) > 0


def _where_set(name: str, value: pl.Expr) -> pl.Expr:
    return pl.when(pl.col(name)).then(value)


def _at_stake(status: Status) -> pl.Expr:
    return pl.col(f"{status.name}.{'excess' if status.excess else 'licenses'}")
