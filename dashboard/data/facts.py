"""Facts: the weekly facts of some customer-weeks, computed anew and put beside the others."""

from __future__ import annotations

import shutil
import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from dashboard.data import rollup, tables
from dashboard.data.arrivals import CUSTOMER_WEEK
from dashboard.data.call_datasets import CALL_LEGS, FACTS, LEG_QUALITY, QUEUE_STATS
from dashboard.data.engines import POLARS, Job, roll_up
from dashboard.data.quality import QualityRule
from dashboard.data.release import Table
from dashboard.data.store import scan_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from dashboard.data.datasets import Dataset
    from dashboard.data.place import Place

# Which facts are computed from which table.
SOURCES: dict[str, tuple[Callable[..., Any], ...]] = {
    CALL_LEGS.name: (rollup.call_facts, rollup.user_facts, rollup.feature_facts),
    LEG_QUALITY.name: (rollup.quality_facts,),
    QUEUE_STATS.name: (rollup.queue_facts,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RollUp:
    """How facts are computed: on which engine, and by which rule a leg is poor."""

    engine: str = POLARS
    rule: QualityRule = field(default_factory=QualityRule)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Anew:
    """A table whose facts must be computed anew: of all its customer-weeks, or of some."""

    dataset: Dataset
    weeks: pl.DataFrame | None = None


def refresh(
    place: Place, written: Mapping[str, Table], anew: Sequence[Anew], how: RollUp
) -> dict[str, Table]:
    """Compute facts from the tables as written, and return the versions of all."""
    done = dict(written)
    concerned = [a for a in anew if a.weeks is None or not a.weeks.is_empty()]
    if not concerned:
        return done
    jobs = [_job(place, written[a.dataset.name], a, how.rule) for a in concerned]
    with _scratch(place, how.engine) as scratch:
        computed = roll_up(jobs, engine=how.engine, scratch=scratch)
    for job in jobs:
        for name in job.rules:
            stored = written.get(name)
            if table := _replace(place, FACTS[name], computed[name], job.weeks, stored):
                done[name] = table
    return done


@contextmanager
def _scratch(place: Place, engine: str) -> Iterator[str | None]:
    """Name a folder of the data directory, which the workers of a cluster must see anyway."""
    if engine == POLARS:
        yield None
        return
    folder = place.uri(f"scratch-{uuid.uuid4().hex[:8]}")
    try:
        yield folder
    finally:
        if "://" not in folder:
            shutil.rmtree(Path(folder), ignore_errors=True)


def _job(place: Place, table: Table, anew: Anew, rule: QualityRule) -> Job:
    files: dict[str | None, list[str]] = {}
    for file in table.files:
        files.setdefault(file.region, []).append(place.uri(file.path))
    rules = {rule_.__name__: rule_ for rule_ in SOURCES[anew.dataset.name]}
    if anew.dataset is LEG_QUALITY:
        rules = {name: partial(compute, rule=rule) for name, compute in rules.items()}
    return Job(files=files, rules=rules, weeks=anew.weeks)


def _replace(
    place: Place,
    fact: Dataset,
    rows: pl.DataFrame,
    weeks: pl.DataFrame | None,
    stored: Table | None,
) -> Table | None:
    """Write the regions whose facts change: those of other customer-weeks stay as they are."""
    files = stored.files if stored else ()
    columns = [*fact.columns, tables.REGION]
    before = scan_files(place, list(files), fact.columns).select(columns).collect()
    if weeks is None:
        kept, old = before.clear(), before
    else:
        kept, old = (before.join(weeks, on=CUSTOMER_WEEK, how=how) for how in ("anti", "semi"))
    new = rows.select(columns).cast(before.schema)
    after = pl.concat([kept, new]).sort(fact.key, nulls_last=True)
    touched = {*new[tables.REGION], *old[tables.REGION]}
    if not touched or after.equals(before.sort(fact.key, nulls_last=True)):
        return None
    gone = [file for file in files if file.region in touched]
    left = tuple(file for file in files if file.region not in touched)
    here = after.filter(pl.col(tables.REGION).is_in(list(touched), nulls_equal=True))
    remaining = Table(version=stored.version, files=left) if stored and left else None
    return tables.commit(place, fact.name, here, remaining, gone=gone)
