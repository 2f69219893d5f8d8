"""Cadence: the moments at which a schedule is due, on the clocks of its zone.

APScheduler's triggers count the days; what its clock shows there becomes a moment of UTC here. So
a time that a zone skips is a moment later, one that comes twice is its first, and no day has two.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.cron import CronTrigger

from dashboard.errors import UnknownNameError
from dashboard.state.schedules import DAILY, MONTHLY, WEEKLY, Times

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.state.schedule_models import Schedule

CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
SHORTEST_MONTH, LONGEST_MONTH = 28, 31
SUNDAY = 6
SPREAD = timedelta(days=2)  # more than any zone is away from UTC, or skips


@cache
def zones() -> frozenset[str]:
    """Return the names of every zone there is."""
    return frozenset(available_timezones())


def check(times: Times) -> None:
    """Refuse times that no calendar has. Raises `UnknownNameError`."""
    needs_weekday, needs_day = times.every == WEEKLY, times.every == MONTHLY
    sound = (
        times.every in (DAILY, WEEKLY, MONTHLY)
        and CLOCK.fullmatch(times.at)
        and times.zone in zones()
        and (times.weekday is not None) is needs_weekday
        and (times.day is not None) is needs_day
        and 0 <= (times.weekday or 0) <= SUNDAY
        and 1 <= (1 if times.day is None else times.day) <= LONGEST_MONTH
    )
    if not sound:
        msg = "Choose daily, weekly on a day, or monthly on a day from 1 to 31; a time; a zone."
        raise UnknownNameError(msg)


def times_of(schedule: Schedule) -> Times:
    """Return when a stored schedule is due."""
    return Times(
        every=schedule.every,
        at=schedule.at,
        zone=schedule.zone,
        weekday=schedule.weekday,
        day=schedule.day,
    )


def due_between(times: Times, after: datetime, until: datetime) -> list[datetime]:
    """Return every moment after the first one, up to the second and with it, in order."""
    moments = []
    for moment in _moments(times, after):
        if moment > until:
            break
        moments.append(moment)
    return moments


def next_due(times: Times, after: datetime) -> datetime:
    """Return the next moment."""
    return next(_moments(times, after))


def _moments(times: Times, after: datetime) -> Iterator[datetime]:
    zone, trigger = ZoneInfo(times.zone), _trigger(times)
    clock = after.astimezone(zone).replace(tzinfo=UTC) - SPREAD
    before = None
    while (shown := trigger.get_next_fire_time(before, clock)) is not None:
        before = clock = shown
        moment = shown.replace(tzinfo=zone, fold=0).astimezone(UTC)
        if moment > after:
            yield moment


def _trigger(times: Times) -> CronTrigger | OrTrigger:
    """Return the trigger of what the clock on the wall shows."""
    hour, minute = times.at.split(":")
    clock = {"hour": hour, "minute": minute, "timezone": UTC}
    if times.every == WEEKLY:
        return CronTrigger(day_of_week=str(times.weekday), **clock)
    if times.day is None:
        return CronTrigger(**clock)
    if times.day == LONGEST_MONTH:
        return CronTrigger(day="last", **clock)
    if times.day <= SHORTEST_MONTH:
        return CronTrigger(day=str(times.day), **clock)
    february = CronTrigger(month="2", day="last", **clock)
    return OrTrigger([CronTrigger(month="1,3-12", day=str(times.day), **clock), february])
