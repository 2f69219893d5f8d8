"""The headers of the 8x8 exports, and the keys of those that come as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.data.demo.files import Row

ACCOUNTS: Row = (
    *("Customer Name", "Account ID", "Enabled Products", "Billing Currency"),
    *("Remaining Credits", "Assigned Users", "Region"),
)
# Another version of the page has neither assigned users nor a region (G-13).
ACCOUNTS_SHORT: Row = ("customer name", "ACCOUNT ID", *ACCOUNTS[2:5])
SMS: Row = (
    *("umid", "subaccountid", "direction", "country", "operator", "mcc", "mnc", "status_value"),
    *("status_details", "status_errorcode", "status_errormessage", "status_timestamp", "msisdn"),
    *("source", "encoding", "createdat", "smscount", "price_currency", "price_persms"),
    *("price_total", "clientmessageid", "clientbatchid", "batchid", "body"),
)
VOICE: Row = (
    *("SessionId", "CallId", "AccountId", "SubAccountId", "Direction", "SourceCountryCode"),
    *("SourceCountry", "SourceOperator", "SourceMCC", "SourceMNC", "SourceEndpoint"),
    *("DestinationCountryCode", "DestinationCountry", "DestinationOperator", "DestinationMCC"),
    *("DestinationMNC", "DestinationEndpoint", "InitiatedAt", "ConnectedAt", "DisconnectedAt"),
    *("DurationInSec", "Product", "BillingUnit", "BillingIncrement", "BillableDurationInSec"),
    *("UnitPrice", "UnitPriceCurrency", "TotalPriceOfCall", "CallType", "SipStatus"),
    *("SessionStatus", "CallStatus", "TTSLength", "MOS", "Content"),
)
MESSAGING: Row = (
    *("umid", "subAccountId", "channel", "channelId", "direction", "country", "status.state"),
    *("status.detail", "status.errorCode", "status.errorMessage", "status.timestamp"),
    *("user.msisdn", "contentType", "content", "createdAt", "clientMessageId"),
    *("clientBatchId", "batchId", "step"),
)
VIDEO: Row = (
    *("CallId", "UserB_MSISDN", "CreatedAt", "FinishedAt", "Duration", "Status"),
    *("CountryISO2alpha", "Reference", "Location"),
)
