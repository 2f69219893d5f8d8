"""Features: how a call leg shows that its call used an advanced calling feature (DOMAIN §2.7)."""

from __future__ import annotations

import narwhals as nw


def _reached(*user_types: str) -> nw.Expr:
    """Tell whether the leg arrived at such a service: its row is TERMINATING."""
    return (nw.col("direction") == "TERMINATING") & nw.col("user_type").is_in(user_types)


# `successful but not kept` was recorded as well; `failed` was not.
FEATURES: dict[str, nw.Expr] = {
    "hunt_group": _reached("HuntGroup"),
    "auto_attendant": _reached("AutomatedAttendantVideo"),
    "call_queue": _reached("CallCenterStandard", "CallCenterPremium"),
    "transfer": (
        ~nw.col("transfer_time").is_null()
        | ~nw.col("transfer_related_call_id").is_null()
        | (nw.col("related_reason") == "ConsultativeTransfer")
    ),
    "hold": nw.col("hold_duration") > 0,
    "recording": nw.col("recording_result").str.starts_with("successful"),
    "video": nw.col("is_video"),
    "voicemail": _reached("VoiceMailRetrieval", "VoiceMailGroup"),
}
