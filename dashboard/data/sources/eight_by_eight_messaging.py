"""8x8 Connect: the log of messaging apps, in columns and as the interface answers."""

from __future__ import annotations

from dashboard.data.log_datasets import USAGE_LOGS
from dashboard.data.sources import Column, Kind, Source
from dashboard.data.sources import _eight_by_eight as shared
from dashboard.data.sources.eight_by_eight_sms import STATUSES

APPS = ("WhatsApp", "Viber", "LINE", "Zalo", "WeChat", "KakaoTalk", "Messenger", "Telegram", "RCS")

SOURCE = Source(
    name="eight_by_eight_messaging",
    dataset=USAGE_LOGS,
    also_json=True,
    constants=(("product", "messaging"),),
    fallbacks=shared.OWNED_BY_SUB_ACCOUNT,
    settle=shared.by_direction,
    columns=(
        Column(header="umid", field="event_id"),
        shared.SUB_ACCOUNT_ID,
        shared.ACCOUNT_ID,
        Column(header="createdAt", field="timestamp", kind=Kind.DATETIME),
        Column(header="channel", field="app", kind=Kind.WORD, values=APPS, expected=True),
        shared.DIRECTION,
        Column(header="status.state", field="status", kind=Kind.WORD, values=STATUSES),
        Column(header="user.msisdn", field="masked_to", kind=Kind.PHONE),
    ),
    private=("content", *shared.CONTACT_NAMES),
    unused=(
        *("channelId", "country", "status", "status.detail", "status.errorCode"),
        *("status.errorMessage", "status.timestamp", "user", "contentType"),
        *("clientMessageId", "clientBatchId", "batchId", "step"),
    ),
)
