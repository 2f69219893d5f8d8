"""The header of call records in its two editions and its other spellings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.data.demo.files import Row

OF_2024: Row = (
    *("Start time", "Answer time", "Duration", "Calling number", "Called number", "User"),
    *("Calling line ID", "Called line ID", "Correlation ID", "Location", "Inbound trunk"),
    *("Outbound trunk", "Route group", "Direction", "Call type", "Client type"),
    *("Client version", "Sub client type", "OS type", "Device Mac", "Model", "Answered"),
    *("International Country", "Original reason", "Related reason", "Redirect reason"),
    *("Site main number", "Site timezone", "User type", "Call ID", "Local SessionID"),
    *("Remote SessionID", "User UUID", "Org UUID", "Report ID", "Department ID", "Site UUID"),
    *("Releasing party", "Redirecting number", "Transfer related call ID", "Dialed digits"),
    *("Authorization code", "Call transfer time", "User number", "Local call ID"),
    *("Remote call ID", "Network call ID", "Related call ID", "Call outcome"),
    *("Call outcome reason", "Final local sessionID", "Final remote sessionID"),
    *("Answer Indicator", "Ring duration", "Release time", "Report time"),
)
OF_2026: Row = (
    *OF_2024,
    *("PSTN legal entity", "PSTN vendor Org ID", "PSTN vendor name", "PSTN provider ID"),
    *("Caller ID number", "External caller ID number", "Device owner UUID"),
    *("Call Recording Platform Name", "Call Recording Result", "Call Recording Trigger"),
    *("Redirecting party UUID", "Public Calling IP Address", "Public Called IP Address"),
    *("Original called party UUID", "Recall Type", "Hold Duration"),
    *("Auto Attendant Key Pressed", "Queue Type", "Answered Elsewhere"),
    *("Route list calls overage", "Caller Reputation Score"),
    *("Caller Reputation Service Result", "Caller Reputation Score Reason", "Interaction ID"),
    *("WxCC consult merge status", "ELIN", "Emergency number source"),
)
# The interface spells some fields otherwise than the download.
IN_THE_FEED = {
    "Device Mac": "Device MAC",
    "Answer Indicator": "Answer indicator",
    "Final local sessionID": "Final local SessionID",
    "Final remote sessionID": "Final remote SessionID",
    "Call transfer time": "Call transfer Time",
    "International Country": "International country",
    "PSTN vendor Org ID": "PSTN Vendor Org ID",
    "Recall Type": "Recall type",
    "Queue Type": "Queue type",
    "Answered Elsewhere": "Answered elsewhere",
    "Hold Duration": "Hold duration",
}
AS_IN_THE_FEED: Row = tuple(IN_THE_FEED.get(name, name) for name in OF_2026)
SNAKE: Row = tuple(name.lower().replace(" ", "_") for name in OF_2026)
SHOUTED: Row = tuple(name.upper() for name in OF_2026)
