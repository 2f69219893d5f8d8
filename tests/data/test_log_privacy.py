"""No full number, no content and no contact name of an 8x8 log reaches the disk."""

import json
import random

import polars as pl
import pytest
from call_deliveries import on_disk
from deliveries import DataDirectory
from hypothesis import given
from hypothesis import strategies as st
from log_deliveries import answer, event, log, named

from dashboard.data.ledger import QUARANTINE
from dashboard.data.log_datasets import USAGE_LOGS
from dashboard.data.masking import masked_sender

PLANTED = 5_000
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
FORMATS = (
    lambda n: f"+{n}",
    lambda n: f"00{n}",
    lambda n: f"tel:+{n[:3]}-{n[3:6]}-{n[6:]}",
    lambda n: f"+{n[:3]} ({n[3:5]}) {n[5:8]} {n[8:]}",
    lambda n: f"{n[:5]} {n[5:]}",
    lambda n: n.translate(ARABIC),
    lambda n: f"sip:{n}@gateway.example",
    lambda n: f"+{n};ext=7",
    lambda n: f"+{n[:4]}.{n[4:8]}.{n[8:]}",
    lambda n: f'"{n}"',
)


def sender(text):
    return pl.DataFrame({"text": [text]}).select(x=masked_sender(pl.col("text"))).item()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("8x8Info", "****Info"),
        ("Verify", "****rify"),
        ("ABCD", "****CD"),
        ("DHL", "****L"),
        ("+380 44 123 45 67", "****4567"),
        ("tel:+380441234567", "****4567"),
        ("72404", "****04"),
        ("tel:2003", "****03"),
        ("INFO2003", "****03"),
        ("+63922110xxxx", "****"),
        ("?", "****"),
    ],
)
def test_a_sender_keeps_its_last_characters_only(text, left):
    assert sender(text) == left


@given(st.text("0123456789 +-().;extlAB٠١٢", max_size=30))
def test_no_sender_keeps_more_than_four_characters_nor_half_of_a_short_number(text):
    left = sender(text).removeprefix("****")
    digits = [c for c in text if c.isdecimal()]
    kept = [c for c in left if c.isdecimal()]
    assert len(left) <= 4
    assert len(kept) * 2 <= len(digits)
    assert "".join(filter(str.isalnum, text)).endswith(left) or not set(left) - set(digits)


class Planted:
    """Numbers, contents and names that nobody may find, and exports that hold them."""

    def __init__(self):  # noqa: D107
        draw = random.Random(2026)
        self.numbers = [f"38{draw.randrange(10**9, 10**10)}" for _ in range(PLANTED)]
        self.contents = [f"secret {draw.randrange(10**12):012d} code" for _ in range(PLANTED)]
        self.names = [f"Contact{draw.randrange(10**9):09d} Quarrel" for _ in range(PLANTED)]
        self.spelled = [FORMATS[i % len(FORMATS)](n) for i, n in enumerate(self.numbers)]

    def rows(self, part):
        for i in range(part, PLANTED, 4):
            number, words = self.spelled[i], f'{self.contents[i]}, "quoted"\nover lines'
            yield i, number, words, self.names[i]

    def sms(self):
        rows = []
        for i, number, words, name in self.rows(0):
            ends = {"msisdn": number} if i % 8 else {"source": number, "msisdn": ""}
            bad = {"createdat": "soon"} if i % 3 == 0 else {}
            rows.append(event("sms", i, body=words, **ends, **bad) | {"Contact Name": name})
        header = ",".join(rows[0])
        text = log("sms", *rows).split("\n", 1)[1]
        shifted = f"{self.contents[0]},{self.spelled[0]},{self.names[0]}\n"
        return f"{header}\n{text}{shifted}"

    def voice(self):
        rows = []
        for i, number, words, name in self.rows(1):
            bad = {"DurationInSec": "-1"} if i % 3 == 0 else {}
            ends = {"SourceEndpoint": number, "DestinationEndpoint": number}
            rows.append(event("voice", i, Content=words, CallType=name, **ends, **bad))
        return log("voice", *rows)

    def messaging(self):
        rows = []
        for i, number, words, name in self.rows(2):
            bad = {"createdAt": "soon"} if i % 3 == 0 else {}
            row = event("messaging", i, user_msisdn=number, content=words, **bad)
            rows.append(row | {"user.name": name, "user.profile.nick": name})
        return answer(*rows)

    def video(self):
        rows = []
        for i, number, words, name in self.rows(3):
            row = event("video", i, UserB_MSISDN=number, Reference=words, Location=name)
            rows.append(row | {"Duration": "-1"} if i % 3 == 0 else row)
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        return "\n".join([*lines, lines[0][: len(lines[0]) // 2]]) + "\n"


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    place, planted = DataDirectory(tmp_path_factory.mktemp("planted")), Planted()
    named(place, "acme")
    reports = {
        product: place.take(f"{product}.x", getattr(planted, product)(), organization_id="acme")
        for product in ("sms", "voice", "messaging", "video")
    }
    return place, planted, reports


def test_good_and_bad_rows_of_every_log_were_there_to_be_found(imported):
    place, _, reports = imported
    assert [r.refused for r in reports.values()] == [None] * 4
    kept = sum(r.rows_kept for r in reports.values())
    assert kept == len(place.rows(USAGE_LOGS))
    assert kept + len(place.rows(QUARANTINE)) == PLANTED + 2  # two broken lines
    assert min(r.rows_quarantined for r in reports.values()) > 400


def test_what_was_dropped_is_counted(imported):
    reports = imported[2]
    quarter = PLANTED // 4
    assert reports["sms"].dropped_values == 2 * quarter  # content and contact name
    assert reports["voice"].dropped_values == quarter
    assert reports["messaging"].dropped_values == 2 * quarter


def test_no_number_content_or_contact_name_is_anywhere_on_disk(imported):  # E-031 … E-034, E-036
    place, planted, _ = imported
    everything = "\n".join(on_disk(place.data))
    digits = "".join(c if c.isdecimal() else "\n" * (c == "\n") for c in everything)
    ascii_digits = digits.translate(str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789"))
    assert "****" in everything
    assert not [n for n in planted.numbers if n in ascii_digits]
    assert not [n for n in planted.spelled if n in everything]
    assert not [c for c in planted.contents if c in everything or c[7:19] in ascii_digits]
    assert not [n for n in planted.names if n in everything or n.split()[0] in everything]
    assert "quoted" not in everything


def test_every_stored_number_has_its_last_four_digits_at_most(imported):
    rows = imported[0].rows(USAGE_LOGS)
    ends = [row[name] for row in rows for name in ("masked_from", "masked_to") if row[name]]
    assert len(ends) > PLANTED // 2
    assert all(end.startswith("****") and len(end) <= 8 for end in ends)
