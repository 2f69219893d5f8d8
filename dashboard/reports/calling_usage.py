"""The report of calling usage details: one row per customer and location."""

from __future__ import annotations

from dashboard.data.call_datasets import CALLING_USAGE, FACTS
from dashboard.reports.calling_rows import rows
from dashboard.reports.template import Column, Template

CALLING_USAGE_DETAILS = Template(
    name="calling_usage_details",
    title="Calling usage details report",
    definition=(
        "Calls that users of customer organizations made or received with Webex Calling, by "
        "customer and location. Call on Webex is not included."
    ),
    notes=(
        "New customer organizations may take up to 24 hours to appear.",
        (
            "Where a report of Webex for exactly this period was imported, its ready-made counts "
            "are shown as delivered, poor-quality legs included. All others are counted from call "
            "records by the rule in force, in the whole weeks from Sunday to Saturday that the "
            "period holds."
        ),
        (
            "Call records do not say at which location calls to hunt groups and auto attendants "
            "arrived: customers of several locations have these in a row without a location."
        ),
    ),
    has_period=True,
    rows=lambda part: [rows(part)],
    datasets=(CALLING_USAGE, *FACTS.values()),
    columns=(
        Column(
            name="customer",
            heading="Customer Name",
            definition="Name of the customer organization.",
        ),
        Column(
            name="customer_id",
            heading="Organization ID",
            definition="Unique ID of the customer organization in Control Hub.",
        ),
        Column(
            name="location",
            heading="Location",
            definition="Location of the customer organization.",
        ),
        Column(name="calls", heading="Total Calls", definition="Calls made by users."),
        Column(
            name="legs",
            heading="Total Call Legs",
            definition="Calls made and received by users.",
        ),
        Column(
            name="poor_legs",
            heading="Overall Poor Quality Call Legs",
            definition="Legs of poor quality, made and received; counted by Webex as delivered, "
            "else by the rule in force.",
        ),
        Column(name="minutes", heading="Call Minutes", definition="Minutes users talked."),
        Column(
            name="video_minutes",
            heading="Call Minutes - Video",
            definition="Minutes users talked with video on.",
        ),
        Column(
            name="audio_legs",
            heading="Call Legs - Audio",
            definition="Call legs that used audio; a video leg also uses audio.",
        ),
        Column(
            name="video_legs",
            heading="Call Legs - Video",
            definition="Call legs that used video.",
        ),
        Column(
            name="desk_phone_legs",
            heading="Call Legs - Desk Phone",
            definition="Calls made or received on Cisco desk phones.",
        ),
        Column(
            name="room_device_legs",
            heading="Call Legs - Room Device",
            definition="Calls made or received on Cisco Room Series devices.",
        ),
        Column(
            name="other_device_legs",
            heading="Call Legs - Other Devices",
            definition="Calls made or received on third-party devices.",
        ),
        Column(
            name="hunt_group_calls",
            heading="Calls - Hunt Group Calls",
            definition="Incoming calls routed to hunt groups.",
        ),
        Column(
            name="auto_attendant_calls",
            heading="Calls - Auto Attendant Calls",
            definition="Incoming calls routed to auto attendants.",
        ),
        Column(
            name="queue_calls",
            heading="Call Queue - Total Calls",
            definition="Incoming calls routed to a call queue.",
        ),
        Column(
            name="queue_timed_out",
            heading="Call Queue - Timed Out Calls",
            definition="Overflowed because the maximum wait time was exceeded.",
        ),
        Column(
            name="queue_overflowed",
            heading="Call Queue - Overflowed Calls",
            definition="Overflowed because the queue limit was reached.",
        ),
        Column(
            name="queue_transferred",
            heading="Call Queue - Transferred Calls",
            definition="Calls transferred out of the queue.",
        ),
        Column(
            name="queue_abandoned",
            heading="Call Queue - Abandoned Calls",
            definition="The caller hung up or left a message before an agent was free.",
        ),
        Column(
            name="counted_by",
            heading="Counted By",
            definition="Webex: as delivered in its report; Partnerlens: from call records.",
            offered=True,
        ),
    ),
)
