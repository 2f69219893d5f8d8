"""Factories: small portfolios in memory, naming only the fields a test is about."""

from datetime import date, timedelta

import polars as pl

from dashboard.data.call_datasets import FACTS
from dashboard.data.filters import Filters
from dashboard.data.release import Release
from dashboard.metrics.rules import Rules
from dashboard.sections import SECTIONS
from dashboard.sections.evaluate import evaluate
from dashboard.sections.portfolio import Portfolio

SATURDAY = date(2026, 11, 14)
AS_OF = SATURDAY + timedelta(days=1)


def days(n):
    """Return the date `n` days from the as-of date."""
    return AS_OF + timedelta(days=n)


def weeks_ago(n):
    """Return the week ending `n` weeks before the newest."""
    return SATURDAY - timedelta(weeks=n)


def line(customer="Acme", subscription=None, **changes):
    """Return one subscription with its licenses in one week, as flat fields."""
    return {
        "week_ending": SATURDAY,
        "region": "US",
        "customer_id": f"id of {customer}",
        "customer": customer,
        "subscription_id": subscription or f"Sub of {customer}",
        "type": "Subscription",
        "start_date": date(2024, 1, 1),
        "end_date": date(2028, 1, 1),
        "auto_renew": "No",
        "product": "Webex Calling",
        "products": changes.get("product", "Webex Calling"),
        "total": 100,
        "assigned": 80,
        "used": 60,
        "used_last_3_months": None,
    } | changes


FACT_DEFAULTS = {
    "call_facts": {
        "location": "Kyiv", "endpoint_type": "webex_app", "calls": 100, "legs": 200,
        "audio_legs": 200, "video_legs": None, "minutes": 300.0, "video_minutes": None,
    },
    "quality_facts": {
        "location": "Kyiv", "endpoint_type": "webex_app", "legs": 200, "measured_legs": 100,
        "poor_legs": 10,
    },
    "user_facts": {"volume_band": "1_4", "users": 10},
    "feature_facts": {"feature": "hold", "calls": 10},
    "queue_facts": {
        "location": "Kyiv", "queue": "Support", "calls": 100, "answered": 80, "abandoned": 20,
        "wait_answered_s": 800.0, "wait_abandoned_s": 600.0, "timed_out": 3, "overflowed": 2,
        "transferred": 1,
    },
}  # fmt: skip


def fact(dataset, customer="Acme", **changes):
    """Return one row of a fact table, flat; `dataset` is its name, such as queue_facts."""
    whose = {"region": "US", "customer_id": f"id of {customer}", "customer": customer}
    known = {"dataset": dataset, "week_ending": SATURDAY} | whose
    return known | FACT_DEFAULTS[dataset] | changes


class MemoryStore:
    """The read side of a data directory, over rows given by a test."""

    refused = ()

    def __init__(self, rows):
        """Keep lines and facts apart; the lines' regions and weeks make the release."""
        lines = [row for row in rows if "dataset" not in row]
        self._facts = [row for row in rows if "dataset" in row]
        whole = {"used_last_3_months": pl.Int64}
        flat = pl.DataFrame(lines, infer_schema_length=None, schema_overrides=whole)
        present = {
            name: {r["week_ending"] for r in self._facts if r["dataset"] == name} for name in FACTS
        }
        self.release = Release(
            id="r000001-test",
            as_of=flat["week_ending"].max() + timedelta(days=1),
            weeks=tuple(sorted(flat["week_ending"].unique())),
            regions=tuple(flat["region"].unique().sort()),
            published=None,
            contracts={},
            tables={},
            present={name: tuple(sorted(weeks)) for name, weeks in present.items()},
        )
        self._flat = flat

    def scan(self, dataset, region=None):
        if dataset.name in FACTS:
            rows = [row for row in self._facts if row["dataset"] == dataset.name]
            schema = {**dataset.columns, "region": pl.String}
            named = [{name: row[name] for name in schema} for row in rows]
            return _of(region, pl.LazyFrame(named, schema=schema))
        wanted = [*dataset.columns, "region"]
        rows = self._flat.select(c for c in wanted if c in self._flat.columns)
        absent = {n: k for n, k in dataset.columns.items() if n not in rows.columns}
        rows = rows.with_columns(pl.lit(None, kind).alias(name) for name, kind in absent.items())
        rows = rows.unique(subset=dataset.key, keep="last", maintain_order=True)
        return _of(region, rows.lazy())


def _of(region, rows):
    return rows if region is None else rows.filter(pl.col("region") == region)


def portfolio(*lines, rules=None):
    """Open the lines as a portfolio."""
    return Portfolio(store=MemoryStore(lines), rules=rules or Rules())


def view(section, *lines, rules=None, **choices):
    """Evaluate one section over the lines."""
    filters = Filters(**{"region": "US", "product": "calling", "as_of": AS_OF} | choices)
    return evaluate(SECTIONS[section], portfolio(*lines, rules=rules), filters)


def kpis(section, *lines, **choices):
    """Return the section's values by name."""
    return view(section, *lines, **choices).as_json()["kpis"]


def table(section, *lines, **choices):
    """Return the section's rows."""
    return view(section, *lines, **choices).as_json()["table"]
