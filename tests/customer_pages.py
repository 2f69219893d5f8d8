"""Customer pages: an app over customers in memory, and what one tab of a page says."""

from dataclasses import replace

import polars as pl
from asking import ask, words
from customer_factories import TableStore
from factories import AS_OF, SATURDAY

from dashboard.callbacks import logs, look
from dashboard.data.call_datasets import FACTS

RELEASE = "r000001-test"


class PageStore(TableStore):
    """Tables and facts given by a test."""

    def __init__(self, rows):
        """Keep tables and facts apart; every fact is of the newest week."""
        super().__init__([row for row in rows if row["dataset"] not in FACTS], AS_OF)
        self._facts = [row for row in rows if row["dataset"] in FACTS]
        weeks = {row["dataset"]: (SATURDAY,) for row in self._facts}
        self.release = replace(self.release, id=RELEASE, present=weeks)
        self.pointer = RELEASE

    def scan(self, dataset, region=None):
        """Return rows of a table, or facts."""
        if dataset.name not in FACTS:
            return super().scan(dataset, region)
        rows = [row for row in self._facts if row["dataset"] == dataset.name]
        schema = {**dataset.columns, "region": pl.String}
        named = [{name: row[name] for name in schema} for row in rows]
        facts = pl.LazyFrame(named, schema=schema)
        return facts if region is None else facts.filter(pl.col("region") == region)


def publish(serving, *rows):
    """Make the rows what everybody sees."""
    serving.store = PageStore(rows)


def become(monkeypatch, viewer):
    """Make every further request somebody's."""
    for module in (look, logs):
        monkeypatch.setattr(module, "viewer_of_request", lambda: viewer)


def places(client, path, **view):
    """Return what a page puts where: the name of the slot → its children."""
    found = ask(client, path=path, **view).json["response"]["parts"]["data"]
    return {
        id_["section"] + "." + id_["name"] if "section" in id_ else id_["part"]: props["children"]
        for id_, props in found
        if "children" in props
    }


def said(client, path, slot="customer.body", **view):
    """Return what a person reads in a slot of a page."""
    return words(places(client, path, **view)[slot])


def links(component):
    """Return every link in a component as text → address."""
    if isinstance(component, list):
        return {text: href for child in component for text, href in links(child).items()}
    if not isinstance(component, dict) or "props" not in component:
        return {}
    props = component["props"]
    own = {words(component): props["href"]} if props.get("href") else {}
    return own | links(props.get("children"))
