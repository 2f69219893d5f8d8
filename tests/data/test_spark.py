"""The same facts from a real Spark cluster: a master and a worker of their own, on loopback."""

import os
import shutil
import signal
import socket
import subprocess
import time
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import polars as pl
import pytest
from call_batches import again, random_files, scratch
from call_deliveries import facts
from calls import SATURDAY, as_facts, legs_of, random_legs, random_quality, random_queues, rounded

from dashboard.data import rollup
from dashboard.data.arrivals import CUSTOMER_WEEK
from dashboard.data.call_datasets import CALL_FACTS, FACTS
from dashboard.data.engines import Job, roll_up
from dashboard.data.quality import Poor, QualityRule

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(
        not find_spec("pyspark") or not shutil.which("java"),
        reason="needs Java (openjdk-17-jre-headless) and the extra [spark]",
    ),
]

# Four Java machines that live for seconds: compile little, plan once, read in one piece.
BRIEF = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
CONFIGURATION = f"""
spark.driver.host                127.0.0.1
spark.driver.bindAddress         127.0.0.1
spark.driver.extraJavaOptions    {BRIEF}
spark.executor.extraJavaOptions  {BRIEF}
spark.executor.memory            512m
spark.log.level                  ERROR
spark.sql.adaptive.enabled       false
spark.sql.codegen.factoryMode    NO_CODEGEN
spark.sql.codegen.wholeStage     false
spark.sql.files.minPartitionNum  1
spark.sql.shuffle.partitions     2
spark.ui.enabled                 false
"""
OF_LEGS = {
    "call_facts": rollup.call_facts,
    "user_facts": rollup.user_facts,
    "feature_facts": rollup.feature_facts,
}
OF_QUALITY = {"quality_facts": partial(rollup.quality_facts, rule=QualityRule(poor=Poor.ALL))}
OF_QUEUES = {"queue_facts": rollup.queue_facts}


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """Start a standalone master and worker, and end them with all they started."""
    folder = tmp_path_factory.mktemp("spark")
    folder.joinpath("spark-defaults.conf").write_text(CONFIGURATION)
    home = Path(find_spec("pyspark").origin).parent
    settings = {
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_DIRS": str(folder),
        "SPARK_CONF_DIR": str(folder),
        "SPARK_DAEMON_JAVA_OPTS": BRIEF,
    }
    port = _free_port()
    master = f"spark://127.0.0.1:{port}"
    package = "org.apache.spark.deploy"
    started = []

    def start(name, *arguments):
        with folder.joinpath(f"{name}.log").open("wb") as log:
            command = [home / "bin" / "spark-class", f"{package}.{name.lower()}.{name}"]
            process = subprocess.Popen(
                [*command, "--host", "127.0.0.1", "--webui-port", "0", *arguments],
                env=os.environ | settings,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        started.append(process)

    with pytest.MonkeyPatch.context() as patch:
        for name, value in settings.items():
            patch.setenv(name, value)
        try:
            start("Master", "--port", str(port))
            _wait_for(port)
            start("Worker", "--cores", "2", "--memory", "1g", "--work-dir", str(folder), master)
            yield master
        finally:
            _end_driver()
            for process in reversed(started):
                os.killpg(process.pid, signal.SIGTERM)
                process.wait(timeout=20)


def test_polars_and_a_spark_cluster_compute_the_same_facts(cluster, tmp_path):
    legs = legs_of(random_legs(99)).unique("report_id", keep="last", maintain_order=True)
    legs_files = _files(legs, tmp_path / "legs")
    weeks = (
        legs.select("customer_id", week_ending=pl.lit(SATURDAY)).unique().sort("customer_id")[:2]
    )
    jobs = [
        Job(files=legs_files, rules=OF_LEGS),
        Job(files=legs_files, rules={"some_calls": rollup.call_facts}, weeks=weeks),
        Job(files=_files(random_quality(99), tmp_path / "quality"), rules=OF_QUALITY),
        Job(files=_files(random_queues(99), tmp_path / "queues"), rules=OF_QUEUES),
    ]
    here = roll_up(jobs)
    there = roll_up(jobs, engine=cluster, scratch=str(tmp_path / "facts"))
    assert list(there) == list(here)
    for name, rows in here.items():
        dataset = FACTS.get(name, CALL_FACTS)
        assert rows.height > 1
        assert rounded(as_facts(there[name], dataset)) == rounded(as_facts(rows, dataset))
    some = here["call_facts"].join(weeks, on=CUSTOMER_WEEK, how="semi")
    assert as_facts(here["some_calls"], CALL_FACTS) == as_facts(some, CALL_FACTS)


def test_imports_of_late_files_leave_the_same_facts(cluster, tmp_path):
    made = random_files(7)
    here, there = (scratch(tmp_path, name, []) for name in ("here", "there"))
    for name, text in made:
        here.take(name, text)
    again(there, *(there.write(*file) for file in made[:3]))
    again(there, *(there.write(*file) for file in made[3:]), engine=cluster)
    assert facts(there) == facts(here)
    assert not list(there.data.glob("scratch*"))


def _files(rows, folder):
    """Write the rows as a Delta table would: files by region, which is not a column inside."""
    folder.mkdir()
    files = {}
    for i, ((region,), part) in enumerate(rows.partition_by("region", as_dict=True).items()):
        paths = [folder / f"{i}-{half}.parquet" for half in range(2)]
        for half, path in enumerate(paths):
            part[half::2].drop("region").write_parquet(path)
        files[region] = [str(path) for path in paths]
    return files


def _end_driver():
    """End the Java machine that pyspark otherwise keeps for as long as this process lives."""
    from pyspark import SparkContext  # noqa: PLC0415 - an optional extra

    if gateway := SparkContext._gateway:
        SparkContext._gateway = SparkContext._jvm = None
        gateway.shutdown()
        gateway.proc.stdin.close()
        gateway.proc.wait(timeout=20)


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(port, seconds=40):
    deadline = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.2)
        else:
            return
