"""8x8 video: the log of calls, in columns and as the interface answers; it names no account."""

from __future__ import annotations

from dashboard.data.log_datasets import USAGE_LOGS
from dashboard.data.sources import Column, Kind, Source
from dashboard.data.sources import _eight_by_eight as shared

NOTHING = ("null,",)

SOURCE = Source(
    name="eight_by_eight_video",
    dataset=USAGE_LOGS,
    also_json=True,
    constants=(("product", "video"),),
    fallbacks=shared.OWNED_BY_SUB_ACCOUNT,
    columns=(
        Column(header="CallId", field="event_id"),
        shared.ACCOUNT_ID,
        shared.SUB_ACCOUNT_ID,
        Column(header="CreatedAt", field="timestamp", kind=Kind.DATETIME),
        Column(header="FinishedAt", field="ended", kind=Kind.DATETIME, nothing=NOTHING),
        Column(header="Duration", field="duration", kind=Kind.COUNT, nothing=NOTHING),
        Column(header="Status", field="status", kind=Kind.WORD, expected=True),
        Column(
            header="UserB_MSISDN",
            field="masked_to",
            kind=Kind.PHONE,
            nothing=NOTHING,
            expected=True,
        ),
    ),
    private=shared.CONTACT_NAMES,
    unused=("CountryISO2alpha", "Reference", "Location"),
)
