"""Call metrics: calls, legs, their quality, and what happened in call queues."""

import polars as pl

from dashboard.data.call_datasets import (
    CALL_FACTS,
    FEATURE_FACTS,
    QUALITY_FACTS,
    QUEUE_FACTS,
    USER_FACTS,
)
from dashboard.metrics.metric import Metric, Unit
from dashboard.metrics.segments import Segment

_legs, _measured, _poor = pl.col("legs"), pl.col("measured_legs"), pl.col("poor_legs")
_video = pl.col("video_minutes")

CALLING_CUSTOMERS = Segment(
    name="calling_customers",
    definition=(
        "Customers that bought Webex Calling and have calls in the week, whatever the "
        "Calling/Meetings toggle says."
    ),
    where=lambda _: pl.lit(value=True),
)
ALL_CALLING_CUSTOMERS = Segment(
    name="all_calling_customers",
    definition=(
        "All Webex Calling customers; calls to call queues come from customers with call queues "
        "only."
    ),
    where=CALLING_CUSTOMERS.where,
    rule="G-7",
)
QUEUE_CUSTOMERS = Segment(
    name="queue_customers",
    definition="Only customers with call queues, which report statistics of the week.",
    where=CALLING_CUSTOMERS.where,
)

CALLS = Metric(
    name="calls",
    label="Calls",
    definition=(
        "Calls made: what all legs of a conversation share counts once, in the week it began."
    ),
    dataset=CALL_FACTS,
    expr=pl.col("calls").sum(),
)
CALL_LEGS = Metric(
    name="call_legs",
    label="Call legs",
    definition="Parts of calls, made and received: one for each participant.",
    dataset=CALL_FACTS,
    expr=_legs.sum(),
)
CALL_MINUTES = Metric(
    name="call_minutes",
    label="Call minutes",
    definition="Minutes of all call legs.",
    dataset=CALL_FACTS,
    expr=pl.col("minutes").sum(),
)
VIDEO_MINUTES = Metric(
    name="video_minutes",
    label="Video minutes",
    definition="Minutes of call legs with video; “–” where the export does not say.",
    dataset=CALL_FACTS,
    expr=pl.when(_video.count() > 0).then(_video.sum()),
)
CALLING_USERS = Metric(
    name="calling_users",
    label="Calling users",
    definition=("Users, workspaces and virtual lines that made at least one call in the week."),
    dataset=USER_FACTS,
    expr=pl.col("users").sum(),
)


def _users(band: str, label: str) -> Metric:
    return Metric(
        name=f"users_{band}",
        label=label,
        definition="Calling users by how many calls each of them made in the week.",
        dataset=USER_FACTS,
        expr=pl.col("users").filter(pl.col("volume_band") == band).sum(),
    )


USERS = (
    _users("1_4", "1–4 calls"),
    _users("5_19", "5–19 calls"),
    _users("20_49", "20–49 calls"),
    _users("50_plus", "50 or more calls"),
)

REPORTED_LEGS = Metric(
    name="call_legs",
    label="Call legs",
    definition="Call legs that the vendor's quality report lists.",
    dataset=QUALITY_FACTS,
    expr=_legs.sum(),
)
MEASURED_LEGS = Metric(
    name="measured_legs",
    label="Measured legs",
    definition="Call legs with at least one measurement; the others are neither good nor poor.",
    dataset=QUALITY_FACTS,
    expr=_measured.sum(),
    rule="G-8",
)
POOR_LEGS = Metric(
    name="poor_legs",
    label="Poor legs",
    definition=(
        "Call legs with jitter above {jitter} ms, latency above {latency} ms or packet loss above "
        "{packet_loss} %; rule in force: {poor} (any: one measurement is enough; all: all three, "
        "in audio and in video)."
    ),
    dataset=QUALITY_FACTS,
    expr=_poor.sum(),
    rule="G-8",
)
POOR = Metric(
    name="poor",
    label="Poor",
    definition=POOR_LEGS.definition,
    dataset=QUALITY_FACTS,
    expr=_poor.sum(),
    rule="G-8",
)
GOOD = Metric(
    name="good",
    label="Good",
    definition="Measured call legs that are not poor.",
    dataset=QUALITY_FACTS,
    expr=(_measured - _poor).sum(),
    rule="G-8",
)
NOT_MEASURED = Metric(
    name="not_measured",
    label="Not measured",
    definition="Call legs without any measurement.",
    dataset=QUALITY_FACTS,
    expr=(_legs - _measured).sum(),
    rule="G-8",
)
POOR_SHARE = Metric(
    name="poor_share",
    label="Poor share",
    definition="Poor legs ÷ measured legs, a ratio of sums.",
    dataset=QUALITY_FACTS,
    expr=_poor.sum(),
    per=_measured.sum(),
    sum_label="poor legs",
    per_label="measured legs",
    unit=Unit.PERCENT,
    higher_is_better=False,
    rule="G-8",
)

FEATURE_CALLS = Metric(
    name="calls",
    label="Calls",
    definition="Calls, made or received, in which the feature was used.",
    dataset=FEATURE_FACTS,
    expr=pl.col("calls").sum(),
    rule="G-7",
)


def _queue(name: str, label: str, definition: str, column: str) -> Metric:
    return Metric(
        name=name,
        label=label,
        definition=definition,
        dataset=QUEUE_FACTS,
        expr=pl.col(column).sum(),
    )


QUEUE_COUNTS = (
    _queue("queue_calls", "Queue calls", "Calls routed to call queues.", "calls"),
    _queue("answered", "Answered", "Calls that an agent answered.", "answered"),
    _queue(
        "abandoned",
        "Abandoned",
        "Calls whose caller hung up or left a message before an agent was free.",
        "abandoned",
    ),
)
QUEUE_ENDS = (
    _queue("timed_out", "Timed out", "Calls that reached the maximum wait.", "timed_out"),
    _queue(
        "overflowed",
        "Queue full",
        "Calls that overflowed: they found the queue full.",
        "overflowed",
    ),
    _queue("transferred", "Transferred", "Calls transferred out of the queue.", "transferred"),
)
ANSWER_TIME = Metric(
    name="average_answer_time",
    label="Average answer time",
    definition=(
        "Average time callers waited before an agent answered: the waits of all answered calls ÷ "
        "answered calls."
    ),
    dataset=QUEUE_FACTS,
    expr=pl.col("wait_answered_s").sum(),
    per=pl.col("answered").sum(),
    sum_label="seconds waited",
    per_label="answered calls",
    unit=Unit.SECONDS,
    higher_is_better=False,
    rule="G-11",
)
ABANDONED_WAIT_TIME = Metric(
    name="average_abandoned_wait_time",
    label="Average abandoned wait time",
    definition=(
        "Average time callers waited before they hung up or left a message: the waits of all "
        "abandoned calls ÷ abandoned calls."
    ),
    dataset=QUEUE_FACTS,
    expr=pl.col("wait_abandoned_s").sum(),
    per=pl.col("abandoned").sum(),
    sum_label="seconds waited",
    per_label="abandoned calls",
    unit=Unit.SECONDS,
    higher_is_better=None,
    rule="G-11",
)
ABANDONMENT_RATE = Metric(
    name="abandonment_rate",
    label="Average abandonment rate",
    definition=(
        "Calls whose caller hung up or left a message before an agent was free ÷ calls routed to "
        "call queues, a ratio of sums."
    ),
    dataset=QUEUE_FACTS,
    expr=pl.col("abandoned").sum(),
    per=pl.col("calls").sum(),
    sum_label="abandoned calls",
    per_label="queue calls",
    unit=Unit.PERCENT,
    higher_is_better=False,
    rule="G-11",
)
