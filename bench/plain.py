"""The comparison of P-2: our pages with every chart and sparkline built as `go.Figure`."""

from __future__ import annotations

import json
from typing import Any

import plotly.graph_objects as go
from plotly.utils import PlotlyJSONEncoder

import dashboard.app
from dashboard.callbacks import releases
from dashboard.components import drawing, kpi

TREND = "license_trend"


def _as_figure(figure: dict[str, Any]) -> dict[str, Any]:
    data = [{k: v for k, v in trace.items() if k != "meta"} for trace in figure["data"]]
    encoded = json.dumps(go.Figure(data=data, layout=figure["layout"]), cls=PlotlyJSONEncoder)
    return dict(json.loads(encoded))


def server() -> Any:
    """Return the app with figures as Plotly's objects, templates included."""
    (trend, finding), sparkline = drawing.DRAWINGS[TREND], kpi.sparkline

    def spark(metric: Any, view: Any, language: Any) -> Any:
        values = view.history[metric.name].to_list()
        component = sparkline(metric, view, language)
        component.title = json.dumps(
            go.Figure(go.Bar(y=values), layout={"height": 32}), cls=PlotlyJSONEncoder
        )
        return component

    drawing.DRAWINGS[TREND] = drawing.Drawing(
        lambda view, language: _as_figure(trend(view, language)), finding
    )
    kpi.sparkline = spark
    releases.log.debug("bench.plain")
    return dashboard.app.server()
