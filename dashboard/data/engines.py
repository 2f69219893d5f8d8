"""Engines: where a rollup runs, on this machine with Polars or on a Spark cluster."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

from dashboard.data.arrivals import CUSTOMER_WEEK, concerned
from dashboard.errors import DefinitionError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from dashboard.data.arrivals import Frame

POLARS = "polars"
SHARE = 10_000_000  # rows; the groups of so many take about 1.5 GB
SPARK = {"spark.sql.session.timeZone": "UTC", "spark.ui.showConsoleProgress": "false"}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Job:
    """Some facts to compute from one dataset: of all customer-weeks, or only of `weeks`."""

    files: Mapping[str | None, Sequence[str]]  # the dataset's Parquet files in every region
    rules: Mapping[str, Callable[[Frame], Frame]]  # a fact's name and how it is computed
    weeks: pl.DataFrame | None = None  # columns CUSTOMER_WEEK

    def plans(self, rows: Any, weeks: Any) -> dict[str, Any]:
        """Return the lazy frame of every fact, of the engine the rows are given in."""
        frame = nw.from_native(rows)
        if weeks is None:
            return {name: rule(frame).to_native() for name, rule in self.rules.items()}
        within = nw.from_native(weeks)
        few = concerned(frame, within)
        return {
            name: rule(few).join(within, on=list(CUSTOMER_WEEK), how="semi").to_native()
            for name, rule in self.rules.items()
        }


def roll_up(
    jobs: Sequence[Job], *, engine: str = POLARS, scratch: str | None = None
) -> dict[str, pl.DataFrame]:
    """Compute the facts of all jobs, by name.

    `engine` is `polars` or a Spark master: `spark://host:port`, `local[*]`. Spark needs a
    `scratch` folder that its workers and this process share: the facts come back through it.
    Anything else Spark should know is read from the `spark-defaults.conf` in SPARK_CONF_DIR.
    """
    if engine == POLARS:
        return {name: facts for job in jobs for name, facts in _on_polars(job).items()}
    if scratch is None:
        msg = f"engine {engine}: name a scratch folder that Spark's workers can write to"
        raise DefinitionError(msg)
    return _on_spark(engine, jobs, scratch)


def _on_polars(job: Job) -> dict[str, pl.DataFrame]:
    """Stream all rules over the files, which may be larger than memory, some rows at a time."""
    weeks = None if job.weeks is None else job.weeks.lazy()
    found: dict[str, list[pl.DataFrame]] = {name: [] for name in job.rules}
    for rows in _shares(job):
        plans = job.plans(rows, weeks)
        facts = pl.collect_all(plans.values(), engine="streaming")
        for name, part in zip(plans, facts, strict=True):
            found[name].append(part)
    return {name: pl.concat(parts) for name, parts in found.items()}


def _shares(job: Job) -> Iterator[pl.LazyFrame]:
    """Yield the rows of each region in shares that fit into memory.

    A share holds all rows of its customers, and every fact is about one customer. They follow
    each other by id, as the files hold them, so that most of a file is not read for most shares.
    """
    for region, paths in job.files.items():
        rows = pl.scan_parquet(list(paths), hive_partitioning=False, glob=False)
        shares = 1 + rows.select(pl.len()).collect().item() // SHARE
        rows = rows.with_columns(region=pl.lit(region, pl.String))
        if shares == 1:
            yield rows
            continue
        sizes = rows.group_by("customer_id").len().sort("customer_id").collect(engine="streaming")
        share = (pl.col("len").cum_sum() - 1) * shares // pl.col("len").sum()
        bounds = sizes.group_by(share).agg(a=pl.min("customer_id"), z=pl.max("customer_id"))
        for a, z in bounds.select("a", "z").iter_rows():
            yield rows.filter(pl.col("customer_id").is_between(pl.lit(a), pl.lit(z)))


def _on_spark(master: str, jobs: Sequence[Job], scratch: str) -> dict[str, pl.DataFrame]:
    """Hand Spark the names of the files, and read the facts it wrote."""
    from pyspark.sql import SparkSession  # noqa: PLC0415 - an optional extra

    builder = SparkSession.builder.master(master).appName("partnerlens rollup")
    for name, value in SPARK.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    try:
        plans: dict[str, Any] = {}
        for number, job in enumerate(jobs):
            plans |= _spark_plans(session, job, f"{scratch}/weeks-{number}.parquet")
        for name, plan in plans.items():
            plan.write.mode("overwrite").parquet(f"{scratch}/{name}")
    finally:
        session.stop()
    return {name: pl.read_parquet(f"{scratch}/{name}/*.parquet") for name in plans}


def _spark_plans(session: Any, job: Job, weeks_file: str) -> dict[str, Any]:
    """Return Spark's plans; even the weeks go there as a file, so no worker needs Python."""
    from pyspark.sql.functions import lit  # noqa: PLC0415 - an optional extra

    parts = [
        session.read.parquet(*paths).withColumn("region", lit(region).cast("string"))
        for region, paths in job.files.items()
    ]
    weeks = None
    if job.weeks is not None:
        job.weeks.select(CUSTOMER_WEEK).write_parquet(weeks_file, mkdir=True)
        weeks = session.read.parquet(weeks_file)
    return job.plans(reduce(lambda one, other: one.unionByName(other), parts), weeks)
