"""Sections about calling: how much, how well, with which features, and through which queues."""

import polars as pl

from dashboard.data.call_datasets import CALL_FACTS, QUALITY_FACTS, QUEUE_FACTS
from dashboard.metrics import calls
from dashboard.metrics.metric import Metric, Unit
from dashboard.sections.columns import CUSTOMER
from dashboard.sections.section import Column, Section


def _shown(
    metric: Metric, counts: tuple[str, str] | None = None, *, label: str | None = None
) -> Column:
    """Return the column that shows a measure; a shorter label is for its narrow heading."""
    return Column(
        name=metric.name,
        label=label or metric.label,
        definition=metric.definition,
        expr=pl.col(metric.name),
        unit=metric.unit,
        rule=metric.rule,
        counts=counts,
    )


_usage = (calls.CALLS, calls.CALL_LEGS, calls.CALL_MINUTES, calls.VIDEO_MINUTES)
CALL_USAGE = Section(
    name="call_usage",
    title="Calling usage for the past week",
    definition=(
        "How often users of customer organizations made calls over Webex Calling, and so whether "
        "the licenses that were bought are used."
    ),
    segment=calls.CALLING_CUSTOMERS,
    by_product=False,
    dataset=CALL_FACTS,
    key="customer_id",
    chart_title="Calling users by usage volume, trend over the last 8 weeks",
    trend=calls.USERS,
    picks="week",
    narrowed_by=("week",),
    measures=(*_usage, calls.CALLING_USERS),
    table_title="Customers and usage",
    table=(
        CUSTOMER,
        *map(_shown, (*_usage, calls.CALLING_USERS)),
        Column(
            name="active_user_share",
            label="Active user share",
            definition=(
                "Calling users ÷ the Webex Calling licenses the customer has assigned now; above "
                "100 % when workspaces and virtual lines call without a license of their own."
            ),
            expr=pl.when(pl.col("assigned") > 0).then(
                pl.col("calling_users") / pl.col("assigned")
            ),
            unit=Unit.PERCENT,
        ),
        Column(
            name="weekly_calls_change",
            label="Weekly change of calls",
            definition="Calls in the week − calls in the week before; “–” without data then.",
            expr=pl.col("calls") - pl.col("calls_week_ago"),
            unit=Unit.CHANGE,
        ),
    ),
    details=(
        Column(
            name="weekly_calls",
            label="Calls per week",
            definition="Calls in each of the last 8 complete weeks.",
            expr=pl.col("weekly_calls"),
        ),
    ),
    order=(pl.col("calls") - pl.col("calls_week_ago"), -pl.col("calls")),
)

_legs = (calls.REPORTED_LEGS, calls.MEASURED_LEGS, calls.POOR_LEGS)
_poor_counts = (calls.POOR_LEGS.name, calls.MEASURED_LEGS.name)
CALL_QUALITY = Section(
    name="call_quality",
    title="Call quality for the past week",
    definition=(
        "Whether customers have problems with call quality, and which of them, before a problem "
        "spreads."
    ),
    segment=calls.CALLING_CUSTOMERS,
    by_product=False,
    dataset=QUALITY_FACTS,
    key="customer_id",
    chart_title="Call quality and trend over the last 8 weeks",
    trend=(calls.POOR, calls.GOOD, calls.NOT_MEASURED, calls.POOR_SHARE),
    picks="week",
    narrowed_by=("endpoint", "week"),
    measures=(*_legs, calls.POOR_SHARE),
    table_title="Customers and call quality",
    table=(
        CUSTOMER,
        *map(_shown, _legs),
        _shown(calls.POOR_SHARE, _poor_counts),
        Column(
            name="weekly_poor_share_change",
            label="Weekly change of poor share",
            definition=(
                "Poor share in the week − poor share in the week before, in percentage points; "
                "“–” without measured legs in either."
            ),
            expr=pl.col("poor_share") - pl.col("poor_share_week_ago"),
            unit=Unit.POINTS,
            rule="G-8",
        ),
    ),
    order=(-pl.col("poor_legs"), -pl.col("poor_share")),
)
CALL_QUALITY_BY_ENDPOINT = Section(
    name="call_quality_by_endpoint",
    title="Call quality by endpoint type",
    definition=(
        "Which types of endpoint have more poor call legs than others: a device type that is "
        "worse than the rest shows here first."
    ),
    segment=calls.CALLING_CUSTOMERS,
    by_product=False,
    dataset=QUALITY_FACTS,
    key="endpoint_type",
    picks="endpoint",
    narrowed_by=("week",),
    measures=(*_legs, calls.POOR_SHARE),
    table_title="Call quality by endpoint type",
    table=(
        Column(
            name="endpoint_type",
            label="Endpoint type",
            definition="Kind of device on the call leg.",
            expr=pl.col("endpoint_type"),
            unit=Unit.TEXT,
        ),
        *map(_shown, _legs),
        _shown(calls.POOR_SHARE, _poor_counts),
    ),
    order=(-pl.col("poor_share"), -pl.col("call_legs")),
)
FEATURE_USAGE = Section(
    name="feature_usage",
    title="Advanced calling features for the past week",
    definition=(
        "In how many calls each feature was used: which features customers could still adopt."
    ),
    segment=calls.ALL_CALLING_CUSTOMERS,
    by_product=False,
    dataset=CALL_FACTS,
    key="feature",
    narrowed_by=("week",),
    chart_title="Feature usage by calls",
    measures=(calls.FEATURE_CALLS,),
    table_title="Feature usage by calls",
    table=(
        Column(
            name="feature",
            label="Feature",
            definition="Calling feature, as the legs of a call show it.",
            expr=pl.col("feature"),
            unit=Unit.TEXT,
        ),
        _shown(calls.FEATURE_CALLS),
        Column(
            name="share_of_calls",
            label="Share of calls",
            definition=(
                "Calls with the feature ÷ all calls made in the week; received calls with the "
                "feature count too."
            ),
            expr=pl.when(pl.col("all_calls") > 0).then(pl.col("calls") / pl.col("all_calls")),
            unit=Unit.PERCENT,
            rule="G-7",
            counts=("calls", "all_calls"),
        ),
    ),
    details=(
        Column(
            name="all_calls",
            label="All calls",
            definition="Calls made in the week, with and without features.",
            expr=pl.col("all_calls"),
        ),
    ),
    order=(-pl.col("calls"),),
)

_rate_counts = ("abandoned", "queue_calls")
QUEUE = Section(
    name="queue",
    title="Call queue analytics for the past week",
    definition=("How long callers waited in call queues, and how many of them gave up."),
    segment=calls.QUEUE_CUSTOMERS,
    by_product=False,
    dataset=QUEUE_FACTS,
    key="customer_id",
    kpis=(calls.ANSWER_TIME, calls.ABANDONED_WAIT_TIME, calls.ABANDONMENT_RATE),
    measures=(
        *calls.QUEUE_COUNTS,
        calls.ABANDONMENT_RATE,
        calls.ANSWER_TIME,
        calls.ABANDONED_WAIT_TIME,
        *calls.QUEUE_ENDS,
    ),
    table_title="Customers and feature usage",
    table=(
        CUSTOMER,
        *map(_shown, calls.QUEUE_COUNTS),
        _shown(calls.ABANDONMENT_RATE, _rate_counts, label="Abandonment rate"),
        _shown(calls.ANSWER_TIME, label="Answer time"),
        _shown(calls.ABANDONED_WAIT_TIME, label="Abandoned wait time"),
        *map(_shown, calls.QUEUE_ENDS),
    ),
    order=(-pl.col("abandoned"), -pl.col("queue_calls")),
)
