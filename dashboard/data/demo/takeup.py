"""How many licenses of each line are there, assigned and used in one week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from dashboard.data.demo.arrays import Floats, Ints
    from dashboard.data.demo.lines import Lines

WEEK = np.timedelta64(7, "D")
FADING_WEEKS = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class Takeup:
    """Counts per line, meaningful only for the lines that run in the week."""

    total: Ints
    assigned: Ints
    used: Ints


def take_up(
    rng: np.random.Generator, lines: Lines, week: np.datetime64, newest: np.datetime64
) -> Takeup:
    """Compute one week: assignment ramps up after the start, use follows the season."""
    age = np.maximum((week - lines.start) / WEEK, 0.0)
    bought = _bought(lines, week)
    swing = 1 + 0.012 * np.sin(2 * np.pi * age / lines.period + lines.phase)
    ramp = 1 - 0.6 * np.exp(-age / 2.5)
    # Rounded up: half a license is a whole one, and the floor of the share holds for the small.
    assigned = np.ceil(bought * lines.target * ramp * swing)
    noise = np.clip(1 + 0.035 * rng.standard_normal(lines.size), 0.85, 1.15)
    habit = (1 - 0.3 * np.exp(-age / 5)) * _fading(lines, week, newest)
    used = np.rint(assigned * lines.usage * habit * season(week) * noise)
    return Takeup(
        total=np.where(lines.hollow, 0, bought),
        assigned=assigned.astype(np.int64),
        used=used.astype(np.int64),
    )


def season(week: np.datetime64) -> float:
    """Return the share of usual activity: less in summer, least at the turn of the year."""
    year = week.astype("M8[Y]")
    day = float((week - year.astype("M8[D]")).astype(np.int64))
    summer = 0.13 * np.exp(-(((day - 215) / 26) ** 2))
    # The dip lies across New Year: the distance is taken around the year.
    from_new_year = min(abs(day + 1), abs(364 - day))
    turn = 0.30 * np.exp(-((from_new_year / 9) ** 2))
    return float(1 - summer - turn)


def _bought(lines: Lines, week: np.datetime64) -> Ints:
    """Count the licenses bought by the week: the final ones less the add-ons still to come."""
    to_come = ((lines.steps > week) * lines.step_shares).sum(axis=1)
    return np.maximum(np.rint(lines.seats * (1 - to_come)), 1).astype(np.int64)


def _fading(lines: Lines, week: np.datetime64, newest: np.datetime64) -> Floats:
    """Return the share of use left in lines that people give up over the last half year."""
    passed = FADING_WEEKS - float((newest - week) / WEEK)
    left = 1 - 0.5 * max(passed, 0.0) / FADING_WEEKS
    return np.where(lines.fading, left, 1.0)
