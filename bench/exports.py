"""T-28: how long others wait for pages while somebody exports everything, again and again."""

from __future__ import annotations

import json
import tempfile
import time
from contextlib import contextmanager
from statistics import quantiles
from threading import Event, Thread
from typing import TYPE_CHECKING

from bench import signed_in
from bench.result import Result
from bench.servers import serving
from bench.web import body
from dashboard.access import EVERYONE
from dashboard.callbacks.look import ROUTE
from dashboard.data.filters import Filters
from dashboard.data.products import PRODUCTS
from dashboard.data.store import open_store
from dashboard.metrics.rules import Rules
from dashboard.sections import SECTIONS
from dashboard.sections.evaluate import evaluate
from dashboard.sections.portfolio import Portfolio

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.servers import Server
    from dashboard.sections import View

PARALLEL = 20
LOOKS = 300
PAUSE = 0.05  # seconds between two looks of the others
NOISY = "noisy@partner.example"


def run(data_dir: str) -> list[Result]:
    """Look at pages alone, then beside the exports; both sides at one server in one run."""
    view = _largest(data_dir)
    with tempfile.TemporaryDirectory() as folder:
        app = {"PARTNERLENS_DATA_DIR": data_dir, "PARTNERLENS_CACHE_DIR": f"{folder}/c"}
        app |= signed_in.environment(folder)
        others, noisy = signed_in.headers(folder), signed_in.headers(folder, NOISY)
        with serving("dashboard.app:server()", workers=2, headers=others, **app) as server:
            for _ in range(PARALLEL):  # each worker loads the release
                _look(server, view, 0)
            alone = _latency(server, view)
            with _exporting(server, noisy, _wish(view)) as made:
                beside = _latency(server, view)
    return [
        Result(
            budget_id="T-28",
            what=f"p95 of others beside {PARALLEL} exports of {view.table.height:,} rows",
            ours=f"{beside:.1f} ms ({len(made)} files)",
            other=f"alone {alone:.1f} ms",
            ratio=beside / alone,
            budget=2,
        )
    ]


def _largest(data_dir: str) -> View:
    """Return the longest table there is."""
    store = open_store(data_dir)
    portfolio = Portfolio(store=store, rules=Rules())
    day = portfolio.as_of
    chosen = [Filters(region=r, product=p, as_of=day) for r in portfolio.regions for p in PRODUCTS]
    tables = [section for section in SECTIONS.values() if section.table and not section.trend]
    views = [evaluate(s, portfolio, f, EVERYONE) for s in tables for f in chosen]
    return max(views, key=lambda view: view.table.height)


def _wish(view: View) -> bytes:
    """Return what the browser posts for the whole table as a workbook."""
    of = {"section": view.section.name}
    request = {"part": "export-request"} | of
    columns = [column.name for column in view.section.table]
    wanted = {"ids": view.table["row_id"].to_list(), "columns": columns, "format": "xlsx"}
    search = f"?region={view.filters.region}&product={view.filters.product}"
    return json.dumps(
        {
            "output": '{"part":"download","section":["MATCH"]}.data',
            "outputs": {"id": {"part": "download"} | of, "property": "data"},
            "inputs": [{"id": request, "property": "data", "value": wanted}],
            "changedPropIds": ["it.data"],
            "state": [
                {"id": request, "property": "id", "value": request},
                {"id": "url", "property": "search", "value": search},
            ],
        }
    ).encode()


def _look(server: Server, view: View, n: int) -> float:
    """Toggle the product on the overview, and return the milliseconds until the answer."""
    product = list(PRODUCTS)[n % len(PRODUCTS)]
    filters = view.filters
    wanted = {"path": "/", "region": filters.region, "product": product, "weeks": "26"}
    begun = time.perf_counter()
    server.post(f"/{ROUTE}", body({**wanted, "as_of": str(filters.as_of)}, "/"))
    return 1_000 * (time.perf_counter() - begun)


def _latency(server: Server, view: View) -> float:
    """Return the 95th percentile of many looks with a pause between them."""
    found = []
    for n in range(LOOKS):
        found.append(_look(server, view, n))
        time.sleep(PAUSE)
    return quantiles(found, n=20)[-1]


@contextmanager
def _exporting(server: Server, noisy: dict[str, str], wish: bytes) -> Iterator[list[int]]:
    """Export as one user, many at once and again and again, until the block ends."""
    stop, made = Event(), list[int]()
    theirs = type(server)(server.url, server.pid, noisy)

    def ask() -> None:
        while not stop.is_set():
            answer = theirs.post(f"/{ROUTE}", wish)
            if b'"filename"' in answer:
                made.append(len(answer))
            stop.wait(1)  # a person presses again

    threads = [Thread(target=ask) for _ in range(PARALLEL)]
    for thread in threads:
        thread.start()
    try:
        yield made
    finally:
        stop.set()
        for thread in threads:
            thread.join()
