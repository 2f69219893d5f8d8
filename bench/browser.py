"""P-3 and P-5: the first page in Chromium against a bare page that draws the same chart."""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from selenium import webdriver
from selenium.webdriver.chrome.options import Options

from bench import signed_in
from bench.result import Result
from bench.servers import serving
from bench.web import body
from dashboard.callbacks.look import ROUTE

if TYPE_CHECKING:
    from bench.servers import Server

ROUNDS = 5
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--window-size=1440,900",
)
# Runs before any script of the page: remembers when the last line of a chart was drawn.
WATCH = """
window.drawn = null;
(function look() {
  const lines = document.querySelectorAll('.scatterlayer path.js-line');
  if (lines.length >= 4 && window.drawn === null) {
    requestAnimationFrame(() => { window.drawn = performance.now(); });
  } else { setTimeout(look, 4); }
})();
"""
BYTES = """
return performance.getEntries().reduce((n, entry) => n + (entry.transferSize || 0), 0)
"""
REQUESTS = f"""
return performance.getEntriesByType('resource').filter((e) => e.name.includes('{ROUTE}')).length
"""


def run(data_dir: str) -> list[Result]:
    """Measure cold first loads of both sides in turns."""
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder, "answer.json")
        environment = signed_in.environment(folder) | {
            "PARTNERLENS_DATA_DIR": data_dir,
            "PARTNERLENS_CACHE_DIR": f"{folder}/c",
        }
        both = {"headers": signed_in.headers(folder)}
        cookies = signed_in.cookies(folder)
        with serving("dashboard.app:server()", **both, **environment) as ours:
            answer.write_bytes(ours.post(f"/{ROUTE}", body({"path": "/"})))
            with serving("bench.floor:server()", **both, FLOOR_BYTES=str(answer)) as floor:
                seconds, sizes, requests = _rounds(ours, floor, cookies)
    page, bare = (median(seconds[side]) for side in ("ours", "floor"))
    size = median(sizes["ours"]) / 1e6
    return [
        Result(
            budget_id="P-3",
            what="data requests of a first load",
            ours=str(requests),
            other="exactly 1",
            ratio=requests,
            budget=1,
        ),
        Result(
            budget_id="P-5",
            what="first page, cold browser, to the last line drawn",
            ours=f"{page:.0f} ms",
            other=f"bare page {bare:.0f} ms",
            ratio=page / bare,
            budget=2.2,
        ),
        Result(
            budget_id="P-5",
            what="bytes transferred, MB",
            ours=f"{size:.2f} MB",
            other="budget 1.4 MB",
            ratio=size / 1.4,
            budget=1,
        ),
    ]


def _rounds(
    ours: Server, floor: Server, cookies: dict[str, str]
) -> tuple[dict[str, list[float]], dict[str, list[float]], int]:
    seconds: dict[str, list[float]] = {"ours": [], "floor": []}
    sizes: dict[str, list[float]] = {"ours": [], "floor": []}
    requests = 0
    for turn in range(ROUNDS):
        sides = [("ours", ours), ("floor", floor)]
        for side, server in sides if turn % 2 else reversed(sides):
            drawn, size, asked = _first_load(server.url, cookies)
            seconds[side].append(drawn)
            sizes[side].append(size)
            requests = max(requests, asked if side == "ours" else 0)
    return seconds, sizes, requests


def _first_load(url: str, cookies: dict[str, str]) -> tuple[float, float, int]:
    """Open a fresh browser, signed in but with an empty cache; return ms, bytes, data requests."""
    options = Options()
    options.binary_location = "/usr/bin/chromium"
    for flag in FLAGS:
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options)
    try:
        driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
        for name, value in cookies.items():
            cookie = {"name": name, "value": value, "url": url}
            driver.execute_cdp_cmd("Network.setCookie", cookie)
        driver.get(url)
        drawn = _until_drawn(driver)
        time.sleep(0.5)  # whatever else the page still asks for counts too
        return drawn, driver.execute_script(BYTES), driver.execute_script(REQUESTS)
    finally:
        driver.quit()


def _until_drawn(driver: Any) -> float:
    for _ in range(600):
        drawn = driver.execute_script("return window.drawn")
        if drawn is not None:
            return float(drawn)
        time.sleep(0.05)
    log = json.dumps(driver.get_log("browser"))
    msg = f"nothing was drawn: {log}"
    raise RuntimeError(msg)
