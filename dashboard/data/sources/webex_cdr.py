"""Webex Control Hub: the detailed call history, as downloaded and as the feed answers."""

from __future__ import annotations

from dataclasses import replace

from dashboard.data.call_datasets import CALL_LEGS
from dashboard.data.sources import Column, Kind, Source
from dashboard.data.sources._webex import LOCATION, ORGANIZATION_ID

SOURCE = Source(
    name="webex_cdr",
    dataset=CALL_LEGS,
    also_json=True,
    columns=(
        Column(header="Report ID", field="report_id"),
        Column(header="Report time", field="report_time", kind=Kind.DATETIME),
        Column(header="Start time", field="start_time", kind=Kind.DATETIME),
        Column(header="Duration", field="duration", kind=Kind.COUNT, expected=True),
        Column(header="Correlation ID", field="correlation_id"),
        Column(header="Direction", field="direction", values=("ORIGINATING", "TERMINATING")),
        Column(header="User type", field="user_type"),
        Column(header="User UUID", field="user_uuid"),
        Column(header="Client type", field="client_type"),
        Column(header="Model", field="model"),
        LOCATION,
        replace(ORGANIZATION_ID, header="Org UUID", aliases=()),
        Column(header="Answered", field="answered", kind=Kind.FLAG),
        Column(header="Call type", field="call_type"),
        Column(header="Original reason", field="original_reason"),
        Column(header="Redirect reason", field="redirect_reason"),
        Column(header="Related reason", field="related_reason"),
        Column(header="Call transfer time", field="transfer_time", kind=Kind.DATETIME),
        Column(header="Transfer related call ID", field="transfer_related_call_id"),
        Column(header="Hold Duration", field="hold_duration", kind=Kind.COUNT),
        Column(header="Call Recording Result", field="recording_result"),
        Column(header="Calling number", field="calling_number", kind=Kind.PHONE),
        Column(header="Called number", field="called_number", kind=Kind.PHONE),
        Column(header="User number", field="user_number", kind=Kind.PHONE),
    ),
    private=(
        *("User", "Calling line ID", "Called line ID", "Site main number", "Redirecting number"),
        *("Dialed digits", "Authorization code", "Caller ID number", "External caller ID number"),
        *("Device Mac", "Public Calling IP Address", "Public Called IP Address", "ELIN"),
        "Auto Attendant Key Pressed",
    ),
    unused=(
        *("Answer time", "Inbound trunk", "Outbound trunk", "Route group", "Client version"),
        *("Sub client type", "OS type", "International Country", "Site timezone", "Call ID"),
        *("Local SessionID", "Remote SessionID", "Department ID", "Site UUID"),
        *("Releasing party", "Local call ID", "Remote call ID", "Network call ID"),
        *("Related call ID", "Call outcome", "Call outcome reason", "Final local sessionID"),
        *("Final remote sessionID", "Answer Indicator", "Ring duration", "Release time"),
        *("PSTN legal entity", "PSTN vendor Org ID", "PSTN vendor name", "PSTN provider ID"),
        *("Device owner UUID", "Call Recording Platform Name", "Call Recording Trigger"),
        *("Redirecting party UUID", "Original called party UUID", "Recall Type", "Queue Type"),
        *("Answered Elsewhere", "Route list calls overage", "Caller Reputation Score"),
        *("Caller Reputation Service Result", "Caller Reputation Score Reason"),
        *("Interaction ID", "WxCC consult merge status", "Emergency number source"),
        *("External customer ID", "Transfer type", "Transfer type context", "Answer reason"),
    ),
)
