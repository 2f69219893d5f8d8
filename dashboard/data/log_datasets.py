"""Log datasets: what 8x8 customers sent, received and called, event by event, masked."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from dashboard.data.datasets import Dataset
from dashboard.data.money import DIGITS, PLACES

# Log products in the order of E-016 … E-019, and their names among an account's products.
LOG_PRODUCTS = {"sms": "SMS", "voice": "Voice", "video": "Video", "messaging": "Messaging Apps"}
INBOUND, OUTBOUND = DIRECTIONS = ("inbound", "outbound")


class UsageLogs(dy.Schema):
    """One row is one message, call or video session of an 8x8 customer."""

    product = dy.String(nullable=False, description="sms, voice, video or messaging.")
    customer_id = dy.String(nullable=False, description="The customer it belongs to.")
    account = dy.String(nullable=True, description="The sub-account it went through.")
    event_id = dy.String(nullable=False, description="The vendor's ID of message or call.")
    timestamp = dy.Datetime(nullable=False, description="When it began, UTC.")
    ended = dy.Datetime(nullable=True, description="When it ended, UTC.")
    direction = dy.String(nullable=True, description="inbound or outbound; others as delivered.")
    status = dy.String(nullable=True, description="What became of it, as delivered.")
    app = dy.String(nullable=True, description="The app of a message: WhatsApp, Viber, …")
    price = dy.Decimal(
        DIGITS, PLACES, nullable=True, description="Price as configured for the customer."
    )
    currency = dy.String(nullable=True, description="Currency of the price.")
    masked_from = dy.String(nullable=True, description="Who sent or called, last four digits.")
    masked_to = dy.String(nullable=True, description="Who was meant, last four digits.")
    duration = dy.Int64(nullable=True, min=0, description="Seconds.")
    parts = dy.Int64(nullable=True, min=0, description="Parts a text message was sent in.")

    @dy.rule()
    def ended_before_it_began(cls) -> pl.Expr:  # noqa: N805 - dataframely's rules are class methods
        """Keep only events that end when they begin or later."""
        return pl.col("ended").is_null() | (pl.col("ended") >= pl.col("timestamp"))


# An ID is unique on its account at most: video calls are numbered from 1.
USAGE_LOGS = Dataset(
    name="usage_logs",
    schema=UsageLogs,
    key=("product", "customer_id", "event_id"),
    weekly="timestamp",
)
LOG_DATASETS = {USAGE_LOGS.name: USAGE_LOGS}
