"""Names: how endpoint types and calling features read to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

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


# The columns whose values are words of ours, and who says them.
NAMES = {"endpoint_type": endpoint_name, "feature": feature_name}
