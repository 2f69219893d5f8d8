"""Names: how endpoint types, calling features, statuses and moves read to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.metrics.statuses import STATUSES
from dashboard.sections.moves import CAME, STAYED, WENT

if TYPE_CHECKING:
    from dashboard.i18n import Language


def endpoint_name(endpoint_type: str, language: Language) -> str:
    """Name an endpoint type; one the vendor added since keeps its own word."""
    names = {
        "webex_app": language.text("Webex App"),
        "desk_phone": language.text("Desk phone"),
        "room_device": language.text("Room device"),
        "other_device": language.text("Other device"),
        "unknown": language.text("Unknown"),
    }
    return names.get(endpoint_type, endpoint_type)


def feature_name(feature: str, language: Language) -> str:
    """Name a calling feature."""
    names = {
        "hunt_group": language.text("Hunt group"),
        "auto_attendant": language.text("Auto attendant"),
        "call_queue": language.text("Call queue"),
        "transfer": language.text("Transfer"),
        "hold": language.text("Hold"),
        "recording": language.text("Recording"),
        "video": language.text("Video"),
        "voicemail": language.text("Voicemail"),
    }
    return names.get(feature, feature)


def status_name(status: str, language: Language) -> str:
    """Name a status; one unknown to us keeps the vendor's own word."""
    known = STATUSES.get(status)
    return language.text(known.label) if known else status


def kind_name(kind: str, language: Language) -> str:
    """Say whether a customer came, went or stayed."""
    names = {
        CAME: language.text("came"),
        WENT: language.text("went"),
        STAYED: language.text("stayed"),
    }
    return names.get(kind, kind)


# The columns whose values are words of ours, and who says them.
NAMES = {
    "endpoint_type": endpoint_name,
    "feature": feature_name,
    "status_before": status_name,
    "status_now": status_name,
    "kind": kind_name,
}
