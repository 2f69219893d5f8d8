"""Deliveries of 8x8 logs: exports with the headers of real ones, naming what a test is about."""

import json

from deliveries import export

ACCOUNTS = (
    "Customer Name,Account ID,Enabled Products,Billing Currency,Remaining Credits,"
    "Assigned Users,Region"
)
SMS = (
    "umid,subaccountid,direction,country,operator,mcc,mnc,status_value,status_details,"
    "status_errorcode,status_errormessage,status_timestamp,msisdn,source,encoding,createdat,"
    "smscount,price_currency,price_persms,price_total,clientmessageid,clientbatchid,batchid,body"
)
VOICE = (
    "SessionId,CallId,AccountId,SubAccountId,Direction,SourceCountryCode,SourceCountry,"
    "SourceOperator,SourceMCC,SourceMNC,SourceEndpoint,DestinationCountryCode,"
    "DestinationCountry,DestinationOperator,DestinationMCC,DestinationMNC,DestinationEndpoint,"
    "InitiatedAt,ConnectedAt,DisconnectedAt,DurationInSec,Product,BillingUnit,"
    "BillingIncrement,BillableDurationInSec,UnitPrice,UnitPriceCurrency,TotalPriceOfCall,"
    "CallType,SipStatus,SessionStatus,CallStatus,TTSLength,MOS,Content"
)
MESSAGING = (
    "umid,subAccountId,channel,channelId,direction,country,status.state,status.detail,"
    "status.errorCode,status.errorMessage,status.timestamp,user.msisdn,contentType,content,"
    "createdAt,clientMessageId,clientBatchId,batchId,step"
)
VIDEO = (
    "CallId,UserB_MSISDN,CreatedAt,FinishedAt,Duration,Status,CountryISO2alpha,Reference,Location"
)
HEADERS = {"sms": SMS, "voice": VOICE, "messaging": MESSAGING, "video": VIDEO}
DAY = "2026-11-10"
AT = f"{DAY}T10:00:00.000Z"
USUAL = {
    "sms": {
        "subaccountid": "acme",
        "direction": "1",
        "status_value": "delivered",
        "msisdn": "+380441234567",
        "source": "8x8Info",
        "createdat": AT,
        "smscount": "1",
        "price_currency": "EUR",
        "price_total": "0.0411234",
        "body": "**MASKED**",
    },
    "voice": {
        "AccountId": "acme",
        "SubAccountId": "acme_hq",
        "Direction": "Outbound",
        "SourceEndpoint": "+442079460111",
        "DestinationEndpoint": "+380441234567",
        "InitiatedAt": AT,
        "DisconnectedAt": f"{DAY}T10:01:00.000Z",
        "DurationInSec": "55",
        "UnitPriceCurrency": "EUR",
        "TotalPriceOfCall": "0.013500",
        "CallStatus": "COMPLETED",
    },
    "messaging": {
        "subAccountId": "acme",
        "channel": "WhatsApp",
        "direction": "Outbound",
        "status.state": "read",
        "user.msisdn": "+380441234567",
        "content": "**MASKED**",
        "createdAt": AT,
    },
    "video": {
        "UserB_MSISDN": "380441234567",
        "CreatedAt": AT,
        "FinishedAt": f"{DAY}T10:05:00.000Z",
        "Duration": "300",
        "Status": "E",
    },
}
IDS = {"sms": "umid", "voice": "CallId", "messaging": "umid", "video": "CallId"}


def event(product, number=1, **changes):
    """Return one row of a log by header; `_` stands for the point of a nested field."""
    header = HEADERS[product].split(",")
    dotted = {name.replace(".", "_"): name for name in header}
    given = {dotted.get(name, name): value for name, value in changes.items()}
    return (
        dict.fromkeys(header, "") | {IDS[product]: f"{product}-{number}"} | USUAL[product] | given
    )


def log(product, *rows):
    """Return an export of rows, or of lines as they are."""
    return export(HEADERS[product], *(r if isinstance(r, str) else r.values() for r in rows))


def answer(*rows, envelope="data"):
    """Return rows as the interface answers: objects within objects, empty values left out."""
    items = []
    for row in rows:
        item = {}
        for name, value in row.items():
            outer, _, inner = name.partition(".")
            if value != "":
                (item.setdefault(outer, {}) if inner else item)[inner or outer] = value
        items.append(item)
    return json.dumps({envelope: items}, ensure_ascii=False)


def accounts(*rows):
    """Return a list of accounts, each `(id, changes by header)` or an id."""
    usual = ("Acme", "acme", "SMS;Voice", "EUR", "12.5000001", "jane@partner.example", "EU")
    found = []
    for row in rows or ("acme",):
        name, changes = (row, {}) if isinstance(row, str) else row
        values = dict(zip(ACCOUNTS.split(","), usual, strict=True))
        found.append((values | {"Customer Name": name, "Account ID": name} | changes).values())
    return export(ACCOUNTS, *found)


def named(place, *rows):
    """Import a list of accounts."""
    return place.take(f"accounts-{len(rows)}.csv", accounts(*rows))
