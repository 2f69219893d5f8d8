"""The files of calls: which week comes in which form."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.data.demo.calling import media, queue_statistics, record_headers, usage
from dashboard.data.demo.files import Shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from dashboard.data.demo.calling.weeks import Week

QUEUE_HEADER = (*queue_statistics.WHOSE_AND_WHEN, *queue_statistics.HEADER)
OLDEST = Shape(
    name="",
    header=record_headers.OF_2024,
    encoding="utf-8-sig",
    quoted=True,
    null="NA",
)
# The older weeks vary in form, the newer ones have the plain one.
VARIED = (
    Shape(name="", header=record_headers.AS_IN_THE_FEED, null="na"),
    Shape(name="", header=record_headers.SNAKE, separator=";"),
    Shape(name="", header=record_headers.SHOUTED, terminator="\r\n", null="NA"),
)
PLAIN = Shape(name="", header=record_headers.OF_2026, null="NA")


def record_shapes(weeks: int) -> list[Shape]:
    """Return the form of every week's call records, oldest first; a lone week is plain."""
    varied: Sequence[Shape] = (OLDEST, *VARIED)[: max(weeks - 1, 0)]
    return [*varied, *[PLAIN] * (weeks - len(varied))]


def record_shape(shape: Shape, week: Week, part: int, parts: int) -> Shape:
    """Name one part of a week's call records."""
    return replace(shape, name=f"webex_cdr_{week.ending}{_suffix(part, parts)}.csv")


def quality_shape(week: Week, part: int, parts: int) -> Shape:
    """Return one part of a week's media quality; every other week leaves nulls empty."""
    return Shape(
        name=f"webex_media_quality_{week.ending}{_suffix(part, parts)}.csv",
        header=media.HEADER,
        null="" if week.number % 2 else "NA",
    )


def weekly_queues(first: np.datetime64, last: np.datetime64) -> Shape:
    """Return the file of several older weeks with a row per queue and week."""
    name = f"webex_call_queue_stats_{first}_{last}.csv"
    return Shape(name=name, header=QUEUE_HEADER, encoding="utf-8-sig")


def daily_queues(ending: np.datetime64) -> Shape:
    """Return the file of one week with a row per queue and day."""
    return Shape(name=f"webex_call_queue_stats_{ending}.csv", header=QUEUE_HEADER)


def lone_queues(ending: np.datetime64) -> Shape:
    """Return the file of one customer's own download, which does not say whose or when."""
    name = f"webex_call_queue_stats_own_{ending}.csv"
    return Shape(name=name, header=queue_statistics.HEADER, null="NA")


def regional_usage(region: str, ending: np.datetime64) -> Shape:
    """Return the usage report of one region."""
    name = f"webex_calling_usage_{region.lower()}_{ending}.csv"
    return Shape(name=name, header=usage.HEADER)


def _suffix(part: int, parts: int) -> str:
    """Number the parts where there are several."""
    return f"_part{part + 1:03d}" if parts > 1 else ""
