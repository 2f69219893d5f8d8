"""Columns that the tables of several sections share."""

import polars as pl

from dashboard.metrics.licenses import AVAILABLE_PER_LINE
from dashboard.metrics.metric import Unit
from dashboard.sections.section import Column

CUSTOMER = Column(
    name="customer",
    label="Customer",
    definition="Name of the customer organization.",
    expr=pl.col("customer"),
    unit=Unit.TEXT,
)
SUBSCRIPTION = Column(
    name="subscription_id",
    label="Subscription ID",
    definition="Unique ID of the subscription; a trial reads “Enterprise trial” with its ID.",
    expr=pl.col("subscription_id"),
    unit=Unit.TEXT,
)
TOTAL_LICENSES = Column(
    name="total_licenses",
    label="Total licenses",
    definition="Licenses of the subscription or trial for this product.",
    expr=pl.col("total"),
)
USED_LICENSES = Column(
    name="used",
    label="Used",
    definition="Licenses active in the last seven days; may exceed the assigned ones.",
    expr=pl.col("used"),
)
ASSIGNED_LICENSES = Column(
    name="assigned",
    label="Assigned",
    definition="Licenses given to users or workspaces.",
    expr=pl.col("assigned"),
)
AVAILABLE_LICENSES = Column(
    name="available",
    label="Available",
    definition="Total − assigned licenses, never below zero.",
    expr=AVAILABLE_PER_LINE,
)
ASSIGNMENT_CHANGE = Column(
    name="weekly_assignment_change",
    label="Weekly assignment change",
    definition="Assigned now − assigned a week ago; “–” when there was no snapshot then.",
    expr=pl.col("assigned") - pl.col("assigned_week_ago"),
    unit=Unit.CHANGE,
)
USAGE_CHANGE = Column(
    name="weekly_usage_change",
    label="Weekly usage change",
    definition="Used now − used a week ago; “–” when there was no snapshot then.",
    expr=pl.col("used") - pl.col("used_week_ago"),
    unit=Unit.CHANGE,
)
USAGE_LAST_3_MONTHS = Column(
    name="usage_last_3_months",
    label="Usage in last 3 months",
    definition=(
        "Distinct licenses used in the last 13 complete weeks; where the vendor does not deliver "
        "it, the largest weekly use of those weeks, marked “at least”."
    ),
    expr=pl.coalesce("used_last_3_months", "largest_used"),
    rule="G-12",
)
USAGE_AT_LEAST = Column(
    name="usage_last_3_months_at_least",
    label="At least",
    definition="The vendor did not deliver the usage of three months: a lower bound is shown.",
    expr=pl.col("used_last_3_months").is_null(),
    unit=Unit.YES_NO,
)
WEEKLY_USED = Column(
    name="weekly_used",
    label="Used per week",
    definition="Licenses used in each of the last 13 complete weeks.",
    expr=pl.col("weekly_used"),
)
IS_TRIAL = Column(
    name="type",
    label="Type",
    definition="Subscription or trial.",
    expr=pl.col("type"),
    unit=Unit.TEXT,
)
DISTRIBUTION = (USED_LICENSES, ASSIGNED_LICENSES, AVAILABLE_LICENSES)
