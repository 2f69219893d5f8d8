"""Endpoint types: on what kind of device a call leg was made or received."""

from __future__ import annotations

import narwhals as nw

WEBEX_APP = "webex_app"
DESK_PHONE = "desk_phone"
ROOM_DEVICE = "room_device"
OTHER_DEVICE = "other_device"
UNKNOWN = "unknown"
ENDPOINT_TYPES = (WEBEX_APP, DESK_PHONE, ROOM_DEVICE, OTHER_DEVICE, UNKNOWN)

APPS = ("WXC_CLIENT", "TEAMS_WXC_CLIENT")
DEVICE = "WXC_DEVICE"
THIRD_PARTY = "WXC_THIRD_PARTY"
# Words of the quality report; "other" alone is not our word.
IN_QUALITY_REPORTS = {
    "Webex App": WEBEX_APP,
    "Desk Phone": DESK_PHONE,
    "Room Device": ROOM_DEVICE,
    "Other": OTHER_DEVICE,
    "Unknown": UNKNOWN,
}
# Cisco's video devices run RoomOS: Room Kit, Board Pro, Desk Pro, Codec EQ, SX20, MX300, DX80.
# The names of its phones start alike: Desk Phone 9861.
ROOM_OS = r"(?i)(?:^|[^a-z])(?:room|board|desk|codec|[smd]x[0-9]{2})"
PHONE = r"(?i)phone"


def of_leg() -> nw.Expr:
    """Return the endpoint type of a call leg, by its client type and model."""
    client, model = nw.col("client_type"), nw.col("model")
    runs_room_os = model.str.contains(ROOM_OS) & ~model.str.contains(PHONE)
    return (
        nw.when(client.is_in(APPS))
        .then(nw.lit(WEBEX_APP))
        .when((client == DEVICE) & runs_room_os)
        .then(nw.lit(ROOM_DEVICE))
        .when(client == DEVICE)
        .then(nw.lit(DESK_PHONE))
        .when(client == THIRD_PARTY)
        .then(nw.lit(OTHER_DEVICE))
        .otherwise(nw.lit(UNKNOWN))
    )


def of_quality() -> nw.Expr:
    """Return the endpoint type a quality report names; texts we do not know stay."""
    text = nw.col("endpoint_type")
    (first, meaning), *others = IN_QUALITY_REPORTS.items()
    known = nw.when(text == first).then(nw.lit(meaning))
    for word, endpoint_type in others:
        known = known.when(text == word).then(nw.lit(endpoint_type))
    return known.otherwise(text)
