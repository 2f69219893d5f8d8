"""The kinds of equipment that people call with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

APP, DESK, ROOM, OTHER, UNKNOWN = "Webex App", "Desk Phone", "Room Device", "Other", "Unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One kind: as call records and media reports name it, how often with video, how poor.

    `shares` are its shares among the users, places and virtual lines of a region.
    """

    kind: str
    client: str
    shares: tuple[float, float, float]
    model: str | None = None
    system: str = "na"
    version: str | None = None
    video: float = 0.0
    poor: float = 0.006


APP_VERSION = "46.10.0.33251"
ROOM_VERSION, NEW_ROOM_VERSION = "RoomOS 11.32.2.4", "RoomOS 11.33.1.6"
PHONE_VERSION, PHONE_OS_VERSION = "sipphone 12.0.7", "PhoneOS 3.4.1"

# Of one model, the numbers below are the story: see `incident`.
INCIDENT_MODEL = "Cisco Room Bar"
INCIDENT_POOR = 0.45

ENDPOINTS = (
    Endpoint(
        kind=APP,
        client="WXC_CLIENT",
        shares=(0.30, 0.0, 0.7),
        system="WINDOWS",
        version=APP_VERSION,
        video=0.2,
        poor=0.008,
    ),
    Endpoint(
        kind=APP,
        client="WXC_CLIENT",
        shares=(0.13, 0.0, 0.3),
        system="MAC",
        version=APP_VERSION,
        video=0.25,
    ),
    Endpoint(
        kind=APP,
        client="WXC_CLIENT",
        shares=(0.12, 0.0, 0.0),
        system="IOS",
        version=APP_VERSION,
        video=0.08,
        poor=0.011,
    ),
    Endpoint(
        kind=APP,
        client="TEAMS_WXC_CLIENT",
        shares=(0.05, 0.0, 0.0),
        system="WINDOWS",
        version=APP_VERSION,
    ),
    Endpoint(
        kind=DESK,
        client="WXC_DEVICE",
        shares=(0.16, 0.15, 0.0),
        model="8851-3PCC",
        version=PHONE_VERSION,
    ),
    Endpoint(
        kind=DESK,
        client="WXC_DEVICE",
        shares=(0.11, 0.1, 0.0),
        model="DP-9851",
        version=PHONE_OS_VERSION,
    ),
    Endpoint(
        kind=DESK,
        client="WXC_DEVICE",
        shares=(0.03, 0.0, 0.0),
        model="DP-9871",
        version=PHONE_OS_VERSION,
        video=0.3,
    ),
    Endpoint(
        kind=ROOM,
        client="WXC_DEVICE",
        shares=(0.0, 0.34, 0.0),
        model=INCIDENT_MODEL,
        version=ROOM_VERSION,
        video=0.8,
    ),
    Endpoint(
        kind=ROOM,
        client="WXC_DEVICE",
        shares=(0.0, 0.23, 0.0),
        model="Cisco Room Kit EQ",
        version=ROOM_VERSION,
        video=0.85,
    ),
    # A desk device by name that runs the software of the rooms.
    Endpoint(
        kind=ROOM,
        client="WXC_DEVICE",
        shares=(0.01, 0.18, 0.0),
        model="Cisco Desk Pro",
        version=ROOM_VERSION,
        video=0.7,
    ),
    Endpoint(
        kind=OTHER,
        client="WXC_THIRD_PARTY",
        shares=(0.07, 0.0, 0.0),
        model="Polycom VVX 450",
        version="PolyVVX 6.4",
        poor=0.013,
    ),
    Endpoint(kind=UNKNOWN, client="WXCC", shares=(0.02, 0.0, 0.0), poor=0.010),
)
KINDS = pl.Series([each.kind for each in ENDPOINTS])
CLIENTS = pl.Series([each.client for each in ENDPOINTS])
MODELS = pl.Series([each.model for each in ENDPOINTS], dtype=pl.String)
SYSTEMS = pl.Series([each.system for each in ENDPOINTS])
VERSIONS = pl.Series([each.version for each in ENDPOINTS], dtype=pl.String)
VIDEO = np.array([each.video for each in ENDPOINTS])
POOR = np.array([each.poor for each in ENDPOINTS])
SHARES = np.array([each.shares for each in ENDPOINTS])
INCIDENT = [each.model for each in ENDPOINTS].index(INCIDENT_MODEL)
WIRED = np.array([each.model is not None for each in ENDPOINTS])
