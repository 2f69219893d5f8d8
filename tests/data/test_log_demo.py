"""The invented 8x8 logs come in with exactly the bad rows they were made with, and masked."""

import csv
import gzip
import io
import json
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from call_deliveries import on_disk
from deliveries import DataDirectory

from dashboard.access import EVERYONE
from dashboard.data.accounts import read_accounts
from dashboard.data.datasets import CUSTOMERS
from dashboard.data.demo import write_logs
from dashboard.data.log_datasets import LOG_PRODUCTS, USAGE_LOGS

BAD = {
    "eight_by_eight_accounts.csv": 1,
    "eight_by_eight_sms.csv": 6,
    "eight_by_eight_voice_2.csv": 3,
    "eight_by_eight_messaging.csv": 2,
}
NUMBERS = ("msisdn", "SourceEndpoint", "DestinationEndpoint", "user.msisdn", "UserB_MSISDN")
CONTENTS = ("body", "Content", "content")


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    place = DataDirectory(tmp_path_factory.mktemp("eight"))
    paths = write_logs(place.drop, accounts=40, rows=8_000)
    return place, paths, place.ingest(place.drop).reports


def rows_of(path):
    """Yield the rows of a file by header, read without any of our readers."""
    content = path.read_bytes()
    if content[:2] == b"PK":
        with zipfile.ZipFile(path) as archive:
            content = archive.read(archive.namelist()[0])
    text = (gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content).decode(
        "utf-8-sig"
    )
    if path.suffix == ".json":
        for item in next(v for v in json.loads(text).values() if isinstance(v, list)):
            user = item.get("user", {})
            yield item | {f"user.{key}": value for key, value in user.items()}
    elif path.name != "import.toml":
        mark = ";" if text.partition("\n")[0].count(";") > 3 else ","
        yield from csv.DictReader(io.StringIO(text, newline=""), delimiter=mark)


def test_the_files_have_the_bad_rows_they_were_made_with(imported):
    _, paths, reports = imported
    bad = {Path(r.file).name: r.rows_quarantined for r in reports if r.rows_quarantined}
    (video,) = (name for name in bad if "video" in name)
    assert bad == BAD | {video: 2}
    assert not any(r.refused or r.unknown_columns for r in reports)
    assert sum(r.orphans for r in reports) == 3
    assert len(reports) == len(paths) - 1  # without import.toml


def test_every_event_is_stored_once_with_its_customer(imported):
    place, paths, reports = imported
    stored = place.rows(USAGE_LOGS)
    again = sum(r.rows_kept for r in reports if r.dataset == "usage_logs") - len(stored)
    assert again > 50  # later downloads repeat some rows
    listed = set(read_accounts(place.store(), EVERYONE)["customer_id"])
    assert len(listed) == 40
    assert {row["customer_id"] for row in stored} - listed == {"trial_unlisted"}
    messages = {row["umid"] for path in paths if "_sms" in path.name for row in rows_of(path)}
    kept = {row["event_id"] for row in stored if row["product"] == "sms"}
    assert kept < messages
    assert len(messages - kept) == 6


def test_every_log_currency_and_region_is_there(imported):
    place = imported[0]
    stored = place.rows(USAGE_LOGS)
    assert {row["product"] for row in stored} == set(LOG_PRODUCTS)
    assert {row["region"] for row in stored} == {"US", "CA", "EU", "UAE", None}
    assert len({row["billing_currency"] for row in place.rows(CUSTOMERS)}) > 4
    apps = Counter(row["app"] for row in stored if row["product"] == "messaging")
    assert apps.most_common(1)[0][0] == "WhatsApp"


def test_messages_delivered_in_a_later_download_are_delivered(imported):
    place, paths, _ = imported
    (later,) = (path for path in paths if path.name == "eight_by_eight_sms_again.csv")
    again = {row["umid"] for row in rows_of(later)}
    states = {r["status"] for r in place.rows(USAGE_LOGS) if r["event_id"] in again}
    assert (len(again) > 10, states) == (True, {"delivered"})


def test_no_number_and_no_content_is_anywhere_on_disk(imported):
    place, paths, _ = imported
    rows = [row for path in paths if "accounts" not in path.name for row in rows_of(path)]
    values = {name: {row.get(name) for row in rows} for name in (*NUMBERS, *CONTENTS)}
    numbers = {n.lstrip("+0") for name in NUMBERS for n in values[name] if n and n[-6:].isdigit()}
    contents = {c for name in CONTENTS for c in values[name] if c and len(c) > 12}
    assert len(numbers) > 500
    everything = "\n".join(on_disk(place.data))
    assert not [number for number in numbers if number in everything]
    assert not [content for content in contents if content in everything]
