"""Slides that open a review: whose it is, its numbers beside a quarter ago, its licenses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.exports.deck.slides.parts import notes, nothing
from dashboard.exports.deck.story import Box, Card, Cards, Chart, Series, Story, Table
from dashboard.i18n import NOTHING
from dashboard.metrics.words import written
from dashboard.wording.license_finding import license_sentences
from dashboard.wording.review_finding import customers_finding, no_data_then

if TYPE_CHECKING:
    from dashboard.exports.deck.brief import Brief
    from dashboard.metrics.metric import Metric
    from dashboard.sections import View

DASHES = {"used": "dash", "available": "dot"}
LICENSES = Box(0.6, 4.15, 12.13, 2.5)


def opening(brief: Brief) -> Story:
    """Name the customers, the quarter and the data."""
    language = brief.language
    return Story(
        heading=language.text("Quarterly review"),
        finding=brief.subject,
        detail=language.text(
            "{region}, {first} – {last}",
            region=brief.region,
            first=language.date(brief.since),
            last=language.date(brief.as_of),
        ),
        caption=brief.caption(brief.now("license_trend")),
        notes=[f"{label}: {value}" for label, value in brief.receipt.as_words(language)],
        opening=True,
    )


def quarter(brief: Brief) -> Story:
    """Show the customers at a glance and the licenses, now and a quarter ago."""
    language = brief.language
    now, before = brief.now("overview"), brief.before("overview")
    known = before.week_ending is not None
    trend = brief.now("license_trend")
    return Story(
        heading=language.text("This quarter against the one before"),
        finding=customers_finding(now, before, language, brief.since),
        detail="" if known else no_data_then(brief.since, language),
        caption=brief.caption(now),
        blocks=[
            Cards(cards=[_card(m, now, before, brief) for m in now.section.kpis]),
            _licenses(brief, trend, brief.before("license_trend")),
        ],
        notes=[*notes(brief, now), *notes(brief, trend)],
    )


def _card(metric: Metric, now: View, before: View, brief: Brief) -> Card:
    language = brief.language
    value, was = now.kpis[metric.name].value or 0, before.kpis[metric.name].value or 0
    below, mood = NOTHING, ""
    if before.week_ending is not None:
        change = value - was
        below = language.text(
            "{change} since {day} ({before})",
            change=language.signed(change),
            day=language.date(brief.since),
            before=written(was, metric.unit, language),
        )
        if change and metric.higher_is_better is not None:
            mood = "good" if (change > 0) is metric.higher_is_better else "bad"
    return Card(
        label=language.text(metric.label),
        value=written(value, metric.unit, language),
        below=below,
        mood=mood,  # type: ignore[arg-type]
    )


def _licenses(brief: Brief, now: View, before: View) -> Table:
    """Put the last week of the trend beside that of a quarter ago, for the deck's product."""
    language = brief.language
    rows = []
    for metric in now.section.trend:
        value, was = _last(now, metric.name), _last(before, metric.name)
        change = None if value is None or was is None else value - was
        said = NOTHING if change is None else language.signed(change)
        texts = [written(v, metric.unit, language) for v in (value, was)]
        rows.append([language.text(metric.label), *texts, said])
    dates = [language.date(day) for day in (brief.as_of, brief.since)]
    named = language.text("Licenses of {product}", product=brief.product)
    return Table(
        label=named,
        head=[named, *dates, language.text("Change")],
        rows=rows,
        widths=[4, 2, 2, 2],
        numeric=[False, True, True, True],
        box=LICENSES,
        points=14,
    )


def _last(view: View, name: str) -> Any:
    return view.trend[name].to_list()[-1] if view.trend.height else None


def license_trend(brief: Brief) -> Story:
    """Draw the licenses week by week; weeks without data are gaps."""
    language, view = brief.language, brief.now("license_trend")
    finding, *more = license_sentences(view, language)
    weeks = [language.day(week) for week in view.trend["week_ending"].to_list()]
    series = [
        Series(
            name=language.text(metric.label),
            values=view.trend[metric.name].to_list(),
            meaning=metric.name,
            dash=DASHES.get(metric.name, ""),
        )
        for metric in view.section.trend
    ]
    empty = all(value is None for s in series for value in s.values)
    title = language.text(view.section.title)
    chart = Chart(label=f"{title}. {finding}", kind="line", categories=weeks, series=series)
    return Story(
        heading=title,
        finding=finding,
        detail=" ".join(more),
        caption=brief.caption(view),
        blocks=[nothing(language) if empty else chart],
        notes=notes(brief, view),
    )
