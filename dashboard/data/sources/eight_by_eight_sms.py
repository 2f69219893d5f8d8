"""8x8 Connect: the SMS log of a sub-account."""

from __future__ import annotations

from dashboard.data.log_datasets import USAGE_LOGS
from dashboard.data.sources import Column, Kind, Source
from dashboard.data.sources import _eight_by_eight as shared

STATUSES = (
    *("unknown", "queued", "failed", "sent", "delivered", "undelivered", "read", "ok", "error"),
)

SOURCE = Source(
    name="eight_by_eight_sms",
    dataset=USAGE_LOGS,
    constants=(("product", "sms"),),
    fallbacks=shared.OWNED_BY_SUB_ACCOUNT,
    settle=shared.by_direction,
    columns=(
        Column(header="umid", field="event_id"),
        shared.SUB_ACCOUNT_ID,
        shared.ACCOUNT_ID,
        Column(header="createdat", field="timestamp", kind=Kind.DATETIME),
        shared.DIRECTION,
        Column(header="status_value", field="status", kind=Kind.WORD, values=STATUSES),
        Column(header="msisdn", field="masked_to", kind=Kind.PHONE, expected=True),
        Column(header="source", field="masked_from", kind=Kind.SENDER),
        Column(header="smscount", field="parts", kind=Kind.COUNT),
        Column(header="price_total", field="price", kind=Kind.MONEY),
        Column(header="price_currency", field="currency"),
    ),
    private=("body", *shared.CONTACT_NAMES),
    unused=(
        *("country", "operator", "mcc", "mnc", "status_details", "status_errorcode"),
        *("status_errormessage", "status_timestamp", "encoding", "price_persms"),
        *("clientmessageid", "clientbatchid", "batchid"),
    ),
)
