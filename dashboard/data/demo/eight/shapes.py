"""The files of the 8x8 exports, each in a form some download really has."""

from __future__ import annotations

from dashboard.data.demo.eight.headers import (
    ACCOUNTS,
    ACCOUNTS_SHORT,
    MESSAGING,
    SMS,
    VIDEO,
    VOICE,
)
from dashboard.data.demo.files import Row, Shape

NAMELESS: Row = ("", "nameless_01", "SMS", "USD", "12.5", "", "US")
BROKEN_OFF: Row = ("00000000-0000-4000-8000-00000005a1ff", "broken_off", "1", "US")
PACKED_EVERY = 5

ACCOUNTS_LIST = Shape(
    name="eight_by_eight_accounts.csv",
    header=ACCOUNTS,
    encoding="utf-8-sig",
    quoted=True,
    null="NA",
)
ACCOUNTS_OF_A_REGION = Shape(
    name="eight_by_eight_accounts_uae.csv", header=ACCOUNTS_SHORT, separator=";", null="-"
)
SMS_JOINED = Shape(name="eight_by_eight_sms.csv", header=SMS, encoding="utf-8-sig", null="null")
SMS_AGAIN = Shape(name="eight_by_eight_sms_again.csv", header=SMS)
VOICE_OLDER = Shape(name="eight_by_eight_voice_1.csv.gz", header=VOICE, container="gzip")
VOICE_NEWER = Shape(
    name="eight_by_eight_voice_2.csv", header=VOICE, separator=";", terminator="\r\n", null="NA"
)
APPS_OLDER = Shape(name="eight_by_eight_messaging.csv", header=MESSAGING, quoted=True)
APPS_NEWER = "eight_by_eight_messaging.json"


def sms_of(sub: str, number: int) -> Shape:
    """Return the file of one sub-account; now and then it is packed."""
    if number % PACKED_EVERY == 0:
        return Shape(name=f"eight_by_eight_sms_{sub}", header=SMS, container="zip")
    return Shape(name=f"eight_by_eight_sms_{sub}.csv", header=SMS)


def video_of(account: str) -> Shape:
    """Return the file of an account whose calls come in columns."""
    return Shape(name=f"eight_by_eight_video_{account}.csv", header=VIDEO, null="null")
