"""Slides about calling: who calls, on which devices calls are poor, and who waits in queues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.exports.deck.slides.parts import (
    joined,
    kpi_line,
    notes,
    nothing,
    section_table,
    shown_of,
)
from dashboard.exports.deck.story import Box, Chart, Series, Story
from dashboard.metrics.spikes import stands_out
from dashboard.wording.calling_finding import endpoints_finding, overall_share, users_sentences
from dashboard.wording.names import endpoint_name
from dashboard.wording.review_finding import queue_finding
from dashboard.wording.rule import quality_rule

if TYPE_CHECKING:
    from dashboard.exports.deck.brief import Brief
    from dashboard.exports.deck.story import Block
    from dashboard.sections import View

BARS = Box(0.6, 2.05, 5.4, 3.6)
BESIDE = Box(6.3, 2.1, 6.43, 4.6)
ENDPOINT = {"endpoint_type": 2.8, "call_legs": 1.3, "measured_legs": 1.5, "poor_legs": 1.3,
            "poor_share": 1.3}  # fmt: skip
QUEUE = {"customer": 3.4, "queue_calls": 1.3, "answered": 1.3, "abandoned": 1.3,
         "abandonment_rate": 1.6, "average_answer_time": 1.6, "average_abandoned_wait_time": 1.8,
         "timed_out": 1.2, "overflowed": 1.3, "transferred": 1.4}  # fmt: skip


def calling_usage(brief: Brief) -> Story:
    """Draw how many users called how often, week by week."""
    language, view = brief.language, brief.now("call_usage")
    finding, *more = users_sentences(view, language)
    series = [
        Series(
            name=language.text(metric.label),
            values=view.trend[metric.name].to_list(),
            meaning=metric.name,
        )
        for metric in view.section.trend
    ]
    empty = all(value is None for s in series for value in s.values)
    weeks = [language.day(week) for week in view.trend["week_ending"].to_list()]
    label = f"{language.text(view.section.chart_title)}. {finding}"
    chart = Chart(label=label, kind="stacked", categories=weeks, series=series)
    return Story(
        heading=language.text(view.section.chart_title),
        finding=finding,
        detail=" ".join(more),
        caption=brief.caption(view),
        blocks=[nothing(language) if empty else chart],
        notes=notes(brief, view),
    )


def endpoints(brief: Brief) -> Story:
    """Compare the types of endpoint by their share of poor legs."""
    language, view = brief.language, brief.now("call_quality_by_endpoint")
    blocks: list[Block] = [nothing(language)]
    if view.table.height:
        blocks = [_shares(brief, view), section_table(brief, view, ENDPOINT, BESIDE)]
    return Story(
        heading=language.text(view.section.title),
        finding=endpoints_finding(view, language),
        detail=quality_rule(brief.rules.quality, language),
        caption=brief.caption(view),
        blocks=blocks,
        notes=notes(brief, view, list(ENDPOINT)),
    )


def _shares(brief: Brief, view: View) -> Chart:
    language, rows, overall = brief.language, view.table.to_dicts(), overall_share(view)
    odd = [stands_out(r["poor_legs"], r["measured_legs"], overall) for r in rows]
    name = next(c.label for c in view.section.table if c.name == "poor_share")
    return Chart(
        label=endpoints_finding(view, language),
        kind="bars",
        categories=[endpoint_name(row["endpoint_type"], language) for row in rows],
        series=[
            Series(
                name=language.text(name),
                values=[row["poor_share"] for row in rows],
                meaning="share",
                form="0.0%",
                each=["poor" if worse else "share" for worse in odd],
            )
        ],
        box=BARS,
        form="0%",
        legend=False,
        axis=False,
    )


def queues(brief: Brief) -> Story:
    """List the queues that lose the most callers."""
    language, view = brief.language, brief.now("queue")
    table = section_table(brief, view, QUEUE)
    return Story(
        heading=language.text(view.section.title),
        finding=queue_finding(view, language),
        detail=joined(
            shown_of(table, view.table.height, language),
            kpi_line(brief, view, brief.before("queue")),
        ),
        caption=brief.caption(view),
        blocks=[table],
        notes=notes(brief, view, list(QUEUE)),
    )
