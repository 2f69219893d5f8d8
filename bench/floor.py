"""The floors: the same bytes as static JSON, and a bare page that draws the same chart."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import flask

from dashboard.settings import assets_dir

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>floor</title>
<script src="/plotly.js"></script></head><body><div id="chart" style="height:340px"></div><script>
fetch("/floor.json", {method: "POST", body: "{}"}).then((r) => r.json()).then((answer) => {
  const part = answer.response.parts.data.find(([id]) => id.part === "chart-figure");
  Plotly.newPlot("chart", part[1].figure.data, part[1].figure.layout);
});</script></body></html>"""


def server() -> Any:
    """Return a Flask app that only hands out bytes it holds."""
    web = flask.Flask("floor")
    answer = Path(os.environ["FLOOR_BYTES"]).read_bytes()
    plotly = (assets_dir() / "vendor/plotly-basic.min.js").read_bytes()

    @web.get("/healthz")
    def healthz() -> str:
        return "OK"

    @web.get("/")
    def page() -> str:
        return PAGE

    @web.get("/plotly.js")
    def script() -> flask.Response:
        import brotli  # noqa: PLC0415 - only this route compresses

        packed = _packed.setdefault("js", brotli.compress(plotly, quality=4))
        return flask.Response(
            packed, mimetype="text/javascript", headers={"Content-Encoding": "br"}
        )

    @web.post("/floor.json")
    def floor() -> flask.Response:
        flask.request.get_data()
        return flask.Response(answer, mimetype="application/json")

    return web


_packed: dict[str, bytes] = {}
