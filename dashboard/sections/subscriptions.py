"""Sections about subscriptions: who is new, expires, renews, under-assigns or exceeds."""

import polars as pl

from dashboard.data.weeks import months_between
from dashboard.metrics import segments
from dashboard.metrics.licenses import (
    ASSIGNMENT,
    AVAILABLE_PER_LINE,
    AVERAGE_OVERAGE,
    CUSTOMERS,
    OVERAGE,
    TOTAL,
    UNASSIGNED,
    USAGE,
    USAGE_OF_ASSIGNED,
)
from dashboard.metrics.metric import Unit
from dashboard.sections.columns import (
    ASSIGNED_LICENSES,
    ASSIGNMENT_CHANGE,
    AVAILABLE_LICENSES,
    CUSTOMER,
    DISTRIBUTION,
    IS_TRIAL,
    SUBSCRIPTION,
    TOTAL_LICENSES,
    USAGE_AT_LEAST,
    USAGE_CHANGE,
    USAGE_LAST_3_MONTHS,
    USED_LICENSES,
    WEEKLY_USED,
)
from dashboard.sections.section import Column, Section


def _days_left(name: str, label: str, definition: str) -> Column:
    return Column(
        name=name,
        label=label,
        definition=definition,
        expr=segments.DAYS_LEFT,
        unit=Unit.DAYS,
        rule="G-10",
    )


RECENTLY_ADDED = Section(
    name="recently_added",
    title="Recently added customers",
    definition="Subscriptions and trials that started within the last {recent_days} days.",
    segment=segments.RECENTLY_ADDED,
    kpis=(
        CUSTOMERS.among(
            segments.EVERYONE,
            name="new_customers",
            label="New customers",
            definition=(
                "Customers with a subscription or trial that started in the last "
                "{recent_days} days."
            ),
            better=True,
        ),
        TOTAL.among(
            segments.EVERYONE,
            name="total_licenses",
            label="Total licenses",
            definition="Licenses of those new subscriptions and trials.",
            better=True,
        ),
    ),
    table_title="Recently added subscriptions",
    table=(
        CUSTOMER,
        SUBSCRIPTION,
        Column(
            name="days_since_added",
            label="Days since added",
            definition="Days from the start of the subscription or trial to the as-of date.",
            expr=segments.DAYS_SINCE,
            unit=Unit.DAYS,
            rule="G-10",
        ),
        TOTAL_LICENSES,
        *DISTRIBUTION,
        ASSIGNMENT_CHANGE,
        USAGE_CHANGE,
    ),
    details=(IS_TRIAL,),
    order=(segments.DAYS_SINCE, -pl.col("total")),
)
EXPIRING = Section(
    name="expiring",
    title="Expiring soon",
    definition=segments.EXPIRING.definition,
    segment=segments.EXPIRING,
    kpis=(
        CUSTOMERS.among(
            segments.EVERYONE,
            name="customers_expiring",
            label="Customers expiring",
            definition="Customers with a subscription or trial that will soon expire.",
            better=False,
        ),
        ASSIGNMENT,
        USAGE,
    ),
    table_title="Subscriptions expiring soon",
    table=(
        CUSTOMER,
        SUBSCRIPTION,
        _days_left(
            "days_until_expiration",
            "Days until expiration",
            "Days until the subscription or trial ends.",
        ),
        TOTAL_LICENSES,
        *DISTRIBUTION,
        USAGE_LAST_3_MONTHS,
    ),
    details=(USAGE_AT_LEAST, IS_TRIAL, WEEKLY_USED),
    order=(segments.DAYS_LEFT, -pl.col("total")),
)
RENEWING = Section(
    name="renewing",
    title="Renewing soon",
    definition=segments.RENEWING.definition,
    segment=segments.RENEWING,
    kpis=(
        CUSTOMERS.among(
            segments.EVERYONE,
            name="customers_renewing",
            label="Customers renewing",
            definition="Customers with subscriptions that will renew by themselves.",
            better=None,
        ),
        ASSIGNMENT,
        USAGE,
    ),
    table_title="Subscriptions renewing soon",
    table=(
        CUSTOMER,
        SUBSCRIPTION,
        _days_left(
            "days_until_renewal",
            "Days until renewal",
            "Days until the subscription renews by itself; a trial never does.",
        ),
        TOTAL_LICENSES,
        *DISTRIBUTION,
        USAGE_LAST_3_MONTHS,
    ),
    details=(USAGE_AT_LEAST, IS_TRIAL, WEEKLY_USED),
    order=(segments.DAYS_LEFT, -pl.col("total")),
)
LOW_ASSIGNMENT = Section(
    name="low_assignment",
    title="Low license assignment",
    definition=segments.LOW_ASSIGNMENT.definition,
    segment=segments.LOW_ASSIGNMENT,
    kpis=(
        CUSTOMERS.among(
            segments.LOW_ASSIGNMENT,
            name="customers_low_assignment",
            label="Customers with low assignments",
            definition="Customers that assigned a lower share of licenses than similar customers.",
            better=False,
        ),
        ASSIGNMENT,
        USAGE_OF_ASSIGNED,
        UNASSIGNED,
    ),
    table_title="Subscriptions with low license assignment",
    table=(
        CUSTOMER,
        SUBSCRIPTION,
        Column(
            name="months_since_added",
            label="Months since added",
            definition="Whole months since the subscription or trial started.",
            expr=months_between(pl.col("start_date"), pl.col("as_of")),
            unit=Unit.MONTHS,
        ),
        ASSIGNED_LICENSES,
        Column(
            name="assigned_pct",
            label="Assigned (%)",
            definition="Assigned ÷ total licenses of the subscription or trial.",
            expr=segments.ASSIGNED_SHARE,
            unit=Unit.PERCENT,
        ),
        TOTAL_LICENSES,
        USED_LICENSES,
        AVAILABLE_LICENSES,
        ASSIGNMENT_CHANGE,
    ),
    details=(
        IS_TRIAL,
        *(
            Column(name=name, label="", definition="", expr=pl.col(name))
            for name in (
                "peer_level",
                "peer_size",
                "peer_q1",
                "seat_band",
                "tenure_band",
                "customer_total",
                "customer_assigned",
            )
        ),
    ),
    order=(-AVAILABLE_PER_LINE,),
)
OVER_LIMIT = Section(
    name="over_limit",
    title="Over license limit",
    definition=segments.OVER_LIMIT.definition,
    segment=segments.OVER_LIMIT,
    kpis=(
        CUSTOMERS.among(
            segments.OVER_LIMIT,
            name="customers_with_overage",
            label="Customers with license overage",
            definition="Customers with more licenses assigned than bought on a subscription.",
            better=False,
        ),
        OVERAGE,
        AVERAGE_OVERAGE,
    ),
    table_title="Subscriptions with license overage",
    table=(
        CUSTOMER,
        SUBSCRIPTION,
        Column(
            name="months_remaining",
            label="Months remaining",
            definition="Whole months until the subscription or trial ends.",
            expr=months_between(pl.col("as_of"), pl.col("end_date")),
            unit=Unit.MONTHS,
        ),
        Column(
            name="auto_renew",
            label="Auto renew?",
            definition="Whether the subscription is set to renew before it ends.",
            expr=pl.col("auto_renew"),
            unit=Unit.YES_NO,
        ),
        TOTAL_LICENSES,
        ASSIGNED_LICENSES,
        Column(
            name="assigned_pct",
            label="Licenses assigned (%)",
            definition="Assigned ÷ total licenses; may exceed 100 %, “–” when none were bought.",
            expr=segments.ASSIGNED_SHARE,
            unit=Unit.PERCENT,
        ),
        USED_LICENSES,
        Column(
            name="used_pct",
            label="Licenses used (%)",
            definition="Used ÷ total licenses; may exceed 100 %, “–” when none were bought.",
            expr=segments.USED_SHARE,
            unit=Unit.PERCENT,
            rule="G-6",
        ),
    ),
    details=(IS_TRIAL,),
    order=(pl.col("total") - pl.col("assigned"),),
)
