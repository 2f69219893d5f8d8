"""Call datasets: what exports say about calls, and the weekly facts rolled up from it."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from dashboard.data.datasets import DATASETS, Dataset
from dashboard.data.inventory_datasets import INVENTORIES
from dashboard.data.log_datasets import LOG_DATASETS


class CallLegs(dy.Schema):
    """One row is one participant's part of one call, its numbers masked."""

    report_id = dy.String(nullable=False, description="Unique ID of the record.")
    report_time = dy.Datetime(nullable=False, description="When the record was written, UTC.")
    start_time = dy.Datetime(nullable=False, description="When the leg started, UTC.")
    duration = dy.Int64(nullable=True, min=0, description="Seconds; null counts as 0.")
    correlation_id = dy.String(nullable=False, description="What all legs of a call share.")
    direction = dy.String(nullable=False, description="ORIGINATING or TERMINATING.")
    user_type = dy.String(nullable=False, description="User, Place, HuntGroup, …")
    user_uuid = dy.String(nullable=True, description="Who made or received the leg.")
    client_type = dy.String(nullable=False, description="WXC_CLIENT, WXC_DEVICE, …")
    model = dy.String(nullable=True, description="Model of the device.")
    location = dy.String(nullable=True, description="Location of the customer organization.")
    customer_id = dy.String(nullable=False, description="The customer it belongs to.")
    answered = dy.Bool(nullable=True, description="Whether the leg was answered.")
    call_type = dy.String(nullable=True, description="SIP_ENTERPRISE, SIP_NATIONAL, …")
    original_reason = dy.String(nullable=True, description="Why it was first redirected.")
    redirect_reason = dy.String(nullable=True, description="Why it was last redirected.")
    related_reason = dy.String(nullable=True, description="The service that made the leg.")
    transfer_time = dy.Datetime(nullable=True, description="When it was transferred, UTC.")
    transfer_related_call_id = dy.String(nullable=True, description="The transfer's other leg.")
    hold_duration = dy.Int64(nullable=True, min=0, description="Seconds on hold.")
    recording_result = dy.String(nullable=True, description="What became of the recording.")
    is_video = dy.Bool(nullable=True, description="Whether it had video; null: nobody said.")
    calling_number = dy.String(nullable=True, description="Who called, last four digits.")
    called_number = dy.String(nullable=True, description="Who was called, last four digits.")
    user_number = dy.String(nullable=True, description="Whose leg it is, last four digits.")


class LegQuality(dy.Schema):
    """One row is the media quality of one call leg."""

    customer_id = dy.String(nullable=False, description="The customer it belongs to.")
    call_id = dy.String(nullable=False, description="The call the leg is part of.")
    start_time = dy.Datetime(nullable=False, description="When the leg started, UTC.")
    endpoint_type = dy.String(nullable=False, description="Webex App, Desk Phone, …")
    location = dy.String(nullable=True, description="Location of the customer organization.")
    audio_jitter = dy.Float64(nullable=True, min=0, description="Milliseconds.")
    audio_latency = dy.Float64(nullable=True, min=0, description="Milliseconds.")
    audio_packet_loss = dy.Float64(nullable=True, min=0, description="Percent, 0 to 100.")
    video_jitter = dy.Float64(nullable=True, min=0, description="Milliseconds.")
    video_latency = dy.Float64(nullable=True, min=0, description="Milliseconds.")
    video_packet_loss = dy.Float64(nullable=True, min=0, description="Percent, 0 to 100.")
    duration = dy.Int64(nullable=True, min=0, description="Seconds.")


class QueueStats(dy.Schema):
    """One row is one call queue over one period, mostly a day."""

    customer_id = dy.String(nullable=False, description="The customer it belongs to.")
    queue = dy.String(nullable=False, description="Name of the call queue.")
    location = dy.String(nullable=True, description="Location of the call queue.")
    start_date = dy.Date(nullable=False, description="First day of the period.")
    end_date = dy.Date(nullable=False, description="Last day of the period.")
    calls = dy.Int64(nullable=False, min=0, description="Calls routed to the queue.")
    answered = dy.Int64(nullable=False, min=0, description="Calls an agent answered.")
    abandoned = dy.Int64(nullable=False, min=0, description="Calls whose caller gave up.")
    wait_answered_s = dy.Float64(nullable=True, min=0, description="Their wait, in all, s.")
    wait_abandoned_s = dy.Float64(nullable=True, min=0, description="The wait given up, s.")
    timed_out = dy.Int64(nullable=True, min=0, description="Left at the maximum wait.")
    overflowed = dy.Int64(nullable=True, min=0, description="Left because it was full.")
    transferred = dy.Int64(nullable=True, min=0, description="Transferred out of it.")

    @dy.rule()
    def end_before_start(cls) -> pl.Expr:  # noqa: N805 - dataframely's rules are class methods
        """Keep only periods that end on or after their first day."""
        return pl.col("end_date") >= pl.col("start_date")


class CallingUsage(dy.Schema):
    """One row is one location's calling over one period, as the vendor counted it."""

    customer = dy.String(nullable=True, description="Name of the customer organization.")
    customer_id = dy.String(nullable=False, description="The customer it belongs to.")
    location = dy.String(nullable=True, description="Location of the customer organization.")
    start_date = dy.Date(nullable=False, description="First day of the period.")
    end_date = dy.Date(nullable=False, description="Last day of the period.")
    calls = dy.Int64(nullable=False, min=0, description="Calls made.")
    legs = dy.Int64(nullable=False, min=0, description="Calls made and received.")
    poor_legs = dy.Int64(nullable=True, min=0, description="Poor by the vendor's rule.")
    minutes = dy.Float64(nullable=True, min=0, description="Minutes talked.")
    video_minutes = dy.Float64(nullable=True, min=0, description="Minutes with video on.")
    audio_legs = dy.Int64(nullable=True, min=0, description="Legs that used audio.")
    video_legs = dy.Int64(nullable=True, min=0, description="Legs that used video.")
    desk_phone_legs = dy.Int64(nullable=True, min=0, description="Legs on Cisco desk phones.")
    room_device_legs = dy.Int64(nullable=True, min=0, description="Legs on Cisco Room devices.")
    other_device_legs = dy.Int64(nullable=True, min=0, description="Legs on other makes.")
    hunt_group_calls = dy.Int64(nullable=True, min=0, description="Routed to hunt groups.")
    auto_attendant_calls = dy.Int64(nullable=True, min=0, description="To auto attendants.")
    queue_calls = dy.Int64(nullable=True, min=0, description="Routed to a call queue.")
    queue_timed_out = dy.Int64(nullable=True, min=0, description="Left at the maximum wait.")
    queue_overflowed = dy.Int64(nullable=True, min=0, description="Left a full queue.")
    queue_transferred = dy.Int64(nullable=True, min=0, description="Transferred out.")
    queue_abandoned = dy.Int64(nullable=True, min=0, description="Whose caller gave up.")

    @dy.rule()
    def end_before_start(cls) -> pl.Expr:  # noqa: N805
        """Keep only periods that end on or after their first day."""
        return pl.col("end_date") >= pl.col("start_date")


class _Weekly(dy.Schema):
    """What every fact says of itself: whose it is, and of which week."""

    region = dy.String(nullable=True, description="Where the data is stored; null: orphans.")
    customer_id = dy.String(nullable=False, description="The customer it belongs to.")
    week_ending = dy.Date(nullable=False, description="The Saturday that closes the week.")


class CallFacts(_Weekly):
    """One row is one week of calls from one kind of endpoint at one location."""

    location = dy.String(nullable=True, description="Location of the customer organization.")
    endpoint_type = dy.String(nullable=False, description="webex_app, desk_phone, …")
    calls = dy.Int64(nullable=False, min=0, description="Calls made.")
    legs = dy.Int64(nullable=False, min=0, description="Calls made and received.")
    audio_legs = dy.Int64(nullable=False, min=0, description="Legs that used audio: all.")
    video_legs = dy.Int64(nullable=True, min=0, description="With video; null: unknown.")
    minutes = dy.Float64(nullable=False, min=0, description="Minutes of all legs.")
    video_minutes = dy.Float64(nullable=True, min=0, description="Of legs with video.")


class QualityFacts(_Weekly):
    """One row is one week of call quality on one kind of endpoint at one location."""

    location = dy.String(nullable=True, description="Location of the customer organization.")
    endpoint_type = dy.String(nullable=False, description="webex_app, desk_phone, …")
    legs = dy.Int64(nullable=False, min=0, description="Legs the vendor reports on.")
    measured_legs = dy.Int64(nullable=False, min=0, description="Those with a measurement.")
    poor_legs = dy.Int64(nullable=False, min=0, description="Those with a poor one.")


class UserFacts(_Weekly):
    """One row is the calling users of one week who made about as many calls."""

    volume_band = dy.String(nullable=False, description="1_4, 5_19, 20_49 or 50_plus calls.")
    users = dy.Int64(nullable=False, min=0, description="Users, places and virtual lines.")


class FeatureFacts(_Weekly):
    """One row is one week's calls that used one calling feature."""

    feature = dy.String(nullable=False, description="hunt_group, transfer, hold, …")
    calls = dy.Int64(nullable=False, min=0, description="Calls that used it.")


class QueueFacts(_Weekly):
    """One row is one week of one call queue."""

    location = dy.String(nullable=True, description="Location of the call queue.")
    queue = dy.String(nullable=False, description="Name of the call queue.")
    calls = dy.Int64(nullable=False, min=0, description="Calls routed to the queue.")
    answered = dy.Int64(nullable=False, min=0, description="Calls an agent answered.")
    abandoned = dy.Int64(nullable=False, min=0, description="Calls whose caller gave up.")
    wait_answered_s = dy.Float64(nullable=False, min=0, description="Their wait, in all, s.")
    wait_abandoned_s = dy.Float64(nullable=False, min=0, description="The wait given up, s.")
    timed_out = dy.Int64(nullable=False, min=0, description="Left at the maximum wait.")
    overflowed = dy.Int64(nullable=False, min=0, description="Left because it was full.")
    transferred = dy.Int64(nullable=False, min=0, description="Transferred out of it.")


CALL_LEGS = Dataset(name="call_legs", schema=CallLegs, key=("report_id",), weekly="start_time")
LEG_QUALITY = Dataset(
    name="leg_quality",
    schema=LegQuality,
    key=("customer_id", "call_id", "start_time", "endpoint_type"),
    weekly="start_time",
)
QUEUE_STATS = Dataset(
    name="queue_stats",
    schema=QueueStats,
    key=("customer_id", "location", "queue", "start_date", "end_date"),
)
CALLING_USAGE = Dataset(
    name="calling_usage",
    schema=CallingUsage,
    key=("customer_id", "location", "start_date", "end_date"),
)

_BY_ENDPOINT = ("region", "customer_id", "location", "week_ending", "endpoint_type")
_BY_WEEK = ("region", "customer_id", "week_ending")
CALL_FACTS = Dataset(name="call_facts", schema=CallFacts, key=_BY_ENDPOINT)
QUALITY_FACTS = Dataset(name="quality_facts", schema=QualityFacts, key=_BY_ENDPOINT)
USER_FACTS = Dataset(name="user_facts", schema=UserFacts, key=(*_BY_WEEK, "volume_band"))
FEATURE_FACTS = Dataset(name="feature_facts", schema=FeatureFacts, key=(*_BY_WEEK, "feature"))
QUEUE_FACTS = Dataset(
    name="queue_facts",
    schema=QueueFacts,
    key=("region", "customer_id", "location", "week_ending", "queue"),
)

# What is imported, and what is computed from it; both in the order of DATA §2 and §5.
CALL_DATASETS = {d.name: d for d in (CALL_LEGS, LEG_QUALITY, QUEUE_STATS, CALLING_USAGE)}
FACTS = {d.name: d for d in (CALL_FACTS, QUALITY_FACTS, USER_FACTS, FEATURE_FACTS, QUEUE_FACTS)}
EVENTS = CALL_DATASETS | LOG_DATASETS | INVENTORIES  # too many to be held while importing
IMPORTED = DATASETS | EVENTS  # in the order of import
