"""T-28: how long others wait for pages while somebody exports everything, again and again."""

from __future__ import annotations

import json
import tempfile
import time
from contextlib import contextmanager
from multiprocessing import get_context
from statistics import quantiles
from threading import Thread
from typing import TYPE_CHECKING, Any

from bench import signed_in
from bench.result import Result
from bench.servers import Server, serving
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

    from dashboard.sections import View

PARALLEL = 20
ROUNDS, LOOKS = 4, 100
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
            sides: tuple[list[float], list[float]] = ([], [])
            made: list[int] = []
            for _ in range(ROUNDS):  # in turn, so that a busy machine slows both alike
                sides[0].extend(_looks(server, view))
                with _exporting(server, noisy, (_table(view), _customers()), made):
                    sides[1].extend(_looks(server, view))
    alone, beside = (quantiles(side, n=20)[-1] for side in sides)
    return [
        Result(
            budget_id="T-28",
            what=f"p95 of others beside {PARALLEL} exports at once",
            ours=f"{beside:.1f} ms, {sum(made)} files",
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


def _table(view: View) -> bytes:
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


def _customers() -> bytes:
    """Return what the browser posts for every customer as CSV."""
    file = {"part": "file", "section": "customers"}
    save = {"part": "save", "section": "customers"}
    return json.dumps(
        {
            "output": '{"part":"file","section":"customers"}.data',
            "outputs": {"id": file, "property": "data"},
            "inputs": [{"id": save, "property": "n_clicks", "value": 1}],
            "changedPropIds": ["it.n_clicks"],
            "state": [{"id": "view", "property": "data", "value": {"path": "/customers"}}],
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


def _looks(server: Server, view: View) -> Iterator[float]:
    """Look again and again, with a pause between."""
    for n in range(LOOKS):
        yield _look(server, view, n)
        time.sleep(PAUSE)


@contextmanager
def _exporting(
    server: Server, noisy: dict[str, str], wishes: tuple[bytes, ...], made: list[int]
) -> Iterator[None]:
    """Export as one user until the block ends, from a process of its own as browsers are."""
    spawn = get_context("spawn")  # never fork after Polars
    stop, count = spawn.Event(), spawn.Value("i", 0)
    asked = (server.url, noisy, wishes, stop, count)
    process = spawn.Process(target=_export_much, args=asked)
    process.start()
    try:
        time.sleep(1)  # until it is there
        yield
    finally:
        stop.set()
        process.join()
        made.append(count.value)


def _export_much(
    url: str, noisy: dict[str, str], wishes: tuple[bytes, ...], stop: Any, count: Any
) -> None:
    """Ask for files, many at once and again and again."""
    server = Server(url, 0, noisy)

    def ask(wish: bytes) -> None:
        while not stop.is_set():
            if b'"filename"' in server.post(f"/{ROUTE}", wish):
                with count.get_lock():
                    count.value += 1
            stop.wait(1)  # a person presses again

    asked = [wishes[n % len(wishes)] for n in range(PARALLEL)]
    threads = [Thread(target=ask, args=(wish,)) for wish in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
