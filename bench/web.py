"""P-1 and P-2: CPU per request, warm and cold, against the static floor; P-10: memory."""

from __future__ import annotations

import json
import tempfile
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import signed_in
from bench.result import Result
from bench.servers import Server, serving
from dashboard.callbacks.look import OUTPUT, ROUTE
from dashboard.data.products import PRODUCTS
from dashboard.data.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

WARM_REQUESTS = 1_500
COLD_DATES = 12
MEGABYTE = 1e6
CALLING = "/calling/quality"


def body(view: dict[str, Any], mounted: str | None = "/") -> bytes:
    """Return what the browser posts for one view of a page."""
    outputs = [("page", "children"), ("mounted", "data"), ("parts", "data")]
    return json.dumps(
        {
            "output": OUTPUT,
            "outputs": [{"id": i, "property": p} for i, p in outputs],
            "inputs": [{"id": "view", "property": "data", "value": view}],
            "changedPropIds": ["view.data"],
            "state": [{"id": "mounted", "property": "data", "value": mounted}],
        }
    ).encode()


def run(data_dir: str) -> list[Result]:
    """Measure the overview page of a data directory."""
    views = list(_views(data_dir))
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder, "answer.json")
        app = {"PARTNERLENS_DATA_DIR": data_dir, **signed_in.environment(folder)}
        both = {"headers": signed_in.headers(folder)}  # the floor reads as many bytes
        ours_at = app | {"PARTNERLENS_CACHE_DIR": f"{folder}/c"}
        with serving("dashboard.app:server()", **both, **ours_at) as ours:
            cold = _cpu_ms(ours, f"/{ROUTE}", [body(v) for v in views])
            warm, static = _toggled(ours, both, views[:2], answer)
            calling = [v | {"path": CALLING} for v in views[:2]]
            called = _toggled(ours, both, calling, Path(folder, "calling.json"))
        plain_at = app | {"PARTNERLENS_CACHE_DIR": f"{folder}/p"}
        with serving("bench.plain:server()", **both, **plain_at) as plain:
            objects = _cpu_ms(plain, f"/{ROUTE}", [body(v) for v in views])
        memory = _memory(data_dir, folder, views)
    return [
        _ratio("P-1", "toggle, warm: CPU per request", warm, static, "static JSON", 2.5),
        _ratio("P-1", "call quality page, the same", *called, "static JSON", 2.5),
        _ratio("P-2", "overview, cold cache", cold, static, "static JSON", 35),
        _ratio("P-2", "overview, cold cache", cold, objects, "go.Figure", 0.35),
        *memory,
    ]


def _toggled(
    ours: Server, both: Any, views: list[dict[str, Any]], answer: Path
) -> tuple[float, float]:
    """Return the CPU of a warm toggle, and that of handing out the same bytes."""
    toggles = [body(v, str(v["path"])) for v in views]
    answer.write_bytes(ours.post(f"/{ROUTE}", toggles[0]))
    warm = _cpu_ms(ours, f"/{ROUTE}", toggles * (WARM_REQUESTS // 2))
    with serving("bench.floor:server()", **both, FLOOR_BYTES=str(answer)) as floor:
        _cpu_ms(floor, "/floor.json", toggles * 50)
        return warm, _cpu_ms(floor, "/floor.json", toggles * (WARM_REQUESTS // 2))


def _views(data_dir: str) -> Iterator[dict[str, Any]]:
    """Yield views that differ in region, product or date, so that each is asked for once."""
    release = open_store(data_dir).release
    assert release.as_of is not None
    for back in range(COLD_DATES):
        as_of = (release.as_of - timedelta(weeks=back)).isoformat()
        for region, name in product(release.regions, PRODUCTS):
            yield {"path": "/", "region": region, "product": name, "as_of": as_of, "weeks": "26"}


def _cpu_ms(server: Server, path: str, bodies: list[bytes]) -> float:
    server.post(path, bodies[0])
    before = server.cpu()
    for one in bodies:
        server.post(path, one)
    return 1_000 * (server.cpu() - before) / len(bodies)


def _ratio(
    budget_id: str, what: str, ours: float, other: float, name: str, budget: float
) -> Result:
    return Result(
        budget_id=budget_id,
        what=what,
        ours=f"{ours:.2f} ms",
        other=f"{name} {other:.2f} ms",
        ratio=ours / other,
        budget=budget,
    )


def _memory(data_dir: str, folder: str, views: list[dict[str, Any]]) -> list[Result]:
    """Ask two workers for every region and see what each holds, and what only it holds."""
    environment = signed_in.environment(folder) | {
        "PARTNERLENS_DATA_DIR": data_dir,
        "PARTNERLENS_CACHE_DIR": f"{folder}/m",
    }
    who = signed_in.headers(folder)
    with serving("dashboard.app:server()", workers=2, headers=who, **environment) as server:
        for view in [v | {"weeks": w} for w in ("8", "13", "26", "52", "104") for v in views]:
            server.post(f"/{ROUTE}", body(view))
        full = [worker.memory_full_info() for worker in server.workers()]
    resident = max(m.rss for m in full) / MEGABYTE
    first, second = sorted((m.uss / MEGABYTE for m in full), reverse=True)
    return [
        Result(
            budget_id="P-10",
            what="memory of a worker, MB",
            ours=f"{resident:.0f} MB",
            other="budget 600 MB",
            ratio=resident / 600,
            budget=1,
        ),
        Result(
            budget_id="P-10",
            what="second worker's private memory",
            ours=f"{second:.0f} MB",
            other=f"first {first:.0f} MB",
            ratio=second / first,
            budget=0.5,
        ),
    ]
