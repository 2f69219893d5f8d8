"""Deliveries of calls: exports with the headers of real ones, naming only what a test is about."""

import json

import oracle_calls as oracle
import polars as pl
from call_files import QUALITY, QUEUES, RECORDS, USAGE
from calls import as_facts, rounded
from deliveries import CUSTOMERS, customer, export

from dashboard.data.call_datasets import CALL_LEGS, FACTS, LEG_QUALITY, QUEUE_STATS

NUMBERS = ("+380441234567", "00380 44 765 43 21", "(044) 555-12-34", "20031", "7788")


def record(number, **changes):
    """Return a call record by header, with the nulls and numbers of a real one."""
    return (
        dict.fromkeys(RECORDS.split(","), "NA")
        | {
            "Start time": "2026-11-10T10:00:00.000Z",
            "Duration": "60",
            "Calling number": NUMBERS[0],
            "Called number": NUMBERS[1],
            "User number": NUMBERS[3],
            "User": "Olena Kovalenko",
            "Calling line ID": "Olena Kovalenko",
            "Dialed digits": NUMBERS[2],
            "Redirecting number": NUMBERS[4],
            "Correlation ID": f"call-{number}",
            "Location": "Kyiv",
            "Direction": "ORIGINATING",
            "Client type": "WXC_CLIENT",
            "Answered": "true",
            "User type": "User",
            "User UUID": "u-1",
            "Org UUID": "org-1",
            "Report ID": f"report-{number}",
            "Report time": "2026-11-10T11:00:00.000Z",
        }
        | {name.replace("_", " "): value for name, value in changes.items()}
    )


def records(*rows):
    """Return an export of records, or of lines as they are."""
    return export(RECORDS, *(row if isinstance(row, str) else row.values() for row in rows))


def quality(call="SSE1", org="org-1", start="2026-11-10 10:00:00", endpoint="Desk Phone", **more):
    row = dict.fromkeys(QUALITY.split(","), "") | {
        "Start Time": start,
        "Call ID": call,
        "Organization ID": org,
        "Location": "Kyiv",
        "Endpoint Type": endpoint,
    }
    return row | {name.replace("_", " "): value for name, value in more.items()}


def quality_file(*rows):
    return export(QUALITY, *(row.values() for row in rows))


def queue(day="2026-11-10", org="org-1", name="Sales", **more):
    row = dict.fromkeys(f"Organization ID,Start Date,End Date,{QUEUES}".split(","), "0") | {
        "Organization ID": org,
        "Start Date": day,
        "End Date": day,
        "Call Queue": name,
        "Location": "Kyiv",
    }
    return row | {key.replace("_", " "): value for key, value in more.items()}


def queue_file(*rows):
    return export(",".join(rows[0]), *(row.values() for row in rows))


def usage_file(*rows):
    return export(USAGE, *rows)


def in_json(*rows, form="items"):
    items = list(rows)
    forms = {
        "items": lambda: json.dumps({"items": items}),
        "webhook": lambda: json.dumps({"body": {"payload": "webex-cdr", "items": items}}),
        "list": lambda: json.dumps(items, indent=2),
        "lines": lambda: "".join(json.dumps(item) + "\n" for item in items),
    }
    return forms[form]()


def named(place, *organizations, region="EU"):
    """Import a customer list."""
    rows = [customer(org=org, name=org, region=region) for org in organizations or ("org-1",)]
    place.take(f"c-{region}-{len(rows)}.csv", export(CUSTOMERS, *rows))


def facts(place):
    """Return all stored facts, by name."""
    store = place.store()
    return {
        name: rounded(as_facts(store.scan(fact).collect(), fact)) for name, fact in FACTS.items()
    }


def recomputed(place, rule="any"):
    """Return all facts, computed by the oracle from the stored rows."""
    store = place.store()
    legs, quality_, queues = (
        store.scan(d).collect().to_pandas() for d in (CALL_LEGS, LEG_QUALITY, QUEUE_STATS)
    )
    return {
        "call_facts": rounded(oracle.call_facts(legs)),
        "user_facts": rounded(oracle.user_facts(legs)),
        "feature_facts": rounded(oracle.feature_facts(legs)),
        "quality_facts": rounded(oracle.quality_facts(quality_, rule)),
        "queue_facts": rounded(oracle.queue_facts(queues)),
    }


def on_disk(folder):
    """Yield every text on disk: files as they are, and the cells of data files."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        yield path.read_bytes().decode("latin-1")
        if path.suffix == ".parquet":
            texts = pl.read_parquet(path).select(pl.col(pl.String))
            yield from (text for column in texts for text in column.unique() if text)
