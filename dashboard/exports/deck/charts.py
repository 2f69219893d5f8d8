"""Charts: native ones, whose workbook holds every name as text and every number as a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from dashboard.exports.deck.canvas import MUTED, TEXT, describe
from dashboard.exports.deck.theme import color
from dashboard.exports.deck.words import fitted, inert

if TYPE_CHECKING:
    from dashboard.exports.deck.canvas import Canvas
    from dashboard.exports.deck.story import Chart, Series

KINDS = {
    "line": XL_CHART_TYPE.LINE,
    "stacked": XL_CHART_TYPE.COLUMN_STACKED,
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
}
GAPS = {"stacked": 45, "bars": 60}
SMALL, LABEL = Pt(11), Pt(12)
MOST_TICKS = 9
NAME_WIDTH, NAME_POINTS = 1.7, 11  # of a bar's name


class _TextWriter(CategoryWorkbookWriter):
    """Writes names as text, where the library's own writer makes formulas and links."""

    def _populate_worksheet(self, workbook: Any, worksheet: Any) -> None:
        worksheet.add_write_handler(str, lambda sheet, *cell: sheet.write_string(*cell))
        super()._populate_worksheet(workbook, worksheet)


class _ChartData(CategoryChartData):
    """Names and numbers of a chart, with a workbook that runs nothing (TRUST T-08)."""

    @property
    def _workbook_writer(self) -> CategoryWorkbookWriter:
        return _TextWriter(self)


def draw_chart(canvas: Canvas, chart: Chart) -> None:
    """Draw a chart, and say in its place what it shows."""
    data = _ChartData(number_format=chart.form)
    names = [inert(name) for name in chart.categories]
    if chart.kind == "bars":
        names = [fitted(name, NAME_WIDTH, NAME_POINTS) for name in names]
    data.categories = names
    for series in chart.series:
        data.add_series(inert(series.name), series.values)
    frame = canvas.slide.shapes.add_chart(KINDS[chart.kind], *canvas.place(chart.box), data)
    describe(frame, chart.label)
    drawn = frame.chart
    drawn.font.size = SMALL
    drawn.font.color.theme_color = MUTED
    drawn.has_title = False
    _legend(drawn, chart)
    _axes(drawn, chart)
    plot = drawn.plots[0]
    if chart.kind in GAPS:
        plot.gap_width = GAPS[chart.kind]
    for series, declared in zip(plot.series, chart.series, strict=True):
        _series(series, declared, chart.kind)


def _legend(drawn: Any, chart: Chart) -> None:
    drawn.has_legend = chart.legend
    if not chart.legend:
        return
    drawn.legend.position = XL_LEGEND_POSITION.TOP
    drawn.legend.include_in_layout = False
    drawn.legend.font.size = LABEL
    drawn.legend.font.color.theme_color = TEXT


def _axes(drawn: Any, chart: Chart) -> None:
    names, values = drawn.category_axis, drawn.value_axis
    names.format.line.color.rgb = color("axis")
    names.has_major_gridlines = False
    names.tick_labels.font.size = LABEL if chart.kind != "line" else SMALL
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    values.has_major_gridlines = values.visible = chart.axis
    values.format.line.fill.background()
    values.tick_labels.number_format = chart.form
    values.tick_labels.number_format_is_linked = False
    if chart.axis:
        values.major_gridlines.format.line.color.rgb = color("grid")
    if all((v or 0) >= 0 for s in chart.series for v in s.values):
        values.minimum_scale = 0
    if chart.kind == "bars":
        names.reverse_order = True
    _spread_ticks(names, len(chart.categories))


def _spread_ticks(axis: Any, count: int) -> None:
    """Write every n-th name where there are too many to read."""
    if count <= MOST_TICKS + 1:
        return
    step = -(-count // MOST_TICKS)
    for tag in ("tickLblSkip", "tickMarkSkip"):
        element = parse_xml(f'<c:{tag} {nsdecls("c")} val="{step}"/>')
        axis._element.xpath("c:noMultiLvlLbl")[0].addprevious(element)  # noqa: SLF001


def _series(drawn: Any, series: Series, kind: str) -> None:
    if kind == "line":
        _line(drawn, series)
    elif series.meaning is None:
        drawn.format.fill.background()
    else:
        _fill(drawn.format.fill, series.meaning)
        for place, meaning in enumerate(series.each):
            _fill(drawn.points[place].format.fill, meaning)
    for place, words in enumerate(series.labels):
        if words:
            _label(drawn.points[place].data_label, words, inside=series.meaning is not None)
    if series.form:
        labels = drawn.data_labels
        labels.show_value = True
        labels.number_format, labels.number_format_is_linked = series.form, False
        labels.font.size = LABEL
        labels.font.color.theme_color = TEXT


def _label(label: Any, words: str, *, inside: bool) -> None:
    """Write words at the upper end of a bar; inside one that is seen, in white."""
    label.position = XL_LABEL_POSITION.INSIDE_END
    frame = label.text_frame
    frame.text = words
    font = frame.paragraphs[0].runs[0].font
    font.size, font.bold = LABEL, True
    if inside:
        font.color.rgb = color("surface")
    else:
        font.color.theme_color = TEXT


def _line(drawn: Any, series: Series) -> None:
    drawn.smooth = False
    drawn.marker.style = None
    drawn._element.get_or_add_marker().get_or_add_symbol().set("val", "none")  # noqa: SLF001 - one mark only where a line cannot be drawn
    drawn.format.line.width = Pt(2.5)
    drawn.format.line.color.rgb = color(series.meaning or "text")
    drawn.format.line.dash_style = DASHES[series.dash]
    if sum(value is not None for value in series.values) == 1:
        drawn._element.get_or_add_marker().get_or_add_symbol().set("val", "circle")  # noqa: SLF001


DASHES = {"": MSO_LINE.SOLID, "dash": MSO_LINE.DASH, "dot": MSO_LINE.ROUND_DOT}


def _fill(fill: Any, meaning: str) -> None:
    fill.solid()
    fill.fore_color.rgb = color(meaning)
