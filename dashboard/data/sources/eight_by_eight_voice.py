"""8x8 Connect: the log of voice calls."""

from __future__ import annotations

from dashboard.data.log_datasets import USAGE_LOGS
from dashboard.data.sources import Column, Kind, Source
from dashboard.data.sources import _eight_by_eight as shared

STATUSES = ("COMPLETED", "NO_ANSWER", "BUSY", "CANCELED", "FAILED")

SOURCE = Source(
    name="eight_by_eight_voice",
    dataset=USAGE_LOGS,
    constants=(("product", "voice"),),
    fallbacks=shared.OWNED_BY_SUB_ACCOUNT,
    columns=(
        Column(header="CallId", field="event_id"),
        shared.ACCOUNT_ID,
        shared.SUB_ACCOUNT_ID,
        Column(header="InitiatedAt", field="timestamp", kind=Kind.DATETIME),
        Column(header="DisconnectedAt", field="ended", kind=Kind.DATETIME),
        shared.DIRECTION,
        Column(header="CallStatus", field="status", kind=Kind.WORD, values=STATUSES),
        Column(header="SourceEndpoint", field="masked_from", kind=Kind.PHONE),
        Column(header="DestinationEndpoint", field="masked_to", kind=Kind.PHONE),
        Column(header="DurationInSec", field="duration", kind=Kind.COUNT),
        Column(header="TotalPriceOfCall", field="price", kind=Kind.MONEY),
        Column(header="UnitPriceCurrency", field="currency"),
    ),
    private=("Content", *shared.CONTACT_NAMES),
    unused=(
        *("SessionId", "SourceCountryCode", "SourceCountry", "SourceOperator", "SourceMCC"),
        *("SourceMNC", "DestinationCountryCode", "DestinationCountry", "DestinationOperator"),
        *("DestinationMCC", "DestinationMNC", "ConnectedAt", "Product", "BillingUnit"),
        *("BillingIncrement", "BillableDurationInSec", "UnitPrice", "CallType", "SipStatus"),
        *("SessionStatus", "TTSLength", "MOS"),
    ),
)
