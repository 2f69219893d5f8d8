"""The weeks a portfolio covers with the calendar arithmetic its terms need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from datetime import date

    from dashboard.data.demo.arrays import Days, Ints

SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The newest Saturday and the number of weeks up to it."""

    last_week: date
    weeks: int

    def __post_init__(self) -> None:
        """Refuse a span the vendor could not have exported."""
        if self.last_week.weekday() != SATURDAY:
            message = f"last_week {self.last_week} is not a Saturday"
            raise ValueError(message)
        if self.weeks < 1:
            message = f"weeks must be at least 1, not {self.weeks}"
            raise ValueError(message)

    @property
    def as_of(self) -> np.datetime64:
        """The Sunday after the newest week."""
        return np.datetime64(self.last_week, "D") + np.timedelta64(1, "D")

    @property
    def week_endings(self) -> Days:
        """All Saturdays of the span, oldest first."""
        back = np.arange(self.weeks - 1, -1, -1) * np.timedelta64(7, "D")
        return np.datetime64(self.last_week, "D") - back


def add_months(days: Days, months: Ints) -> Days:
    """Move each day by whole months, to the last of the month where the day does not exist."""
    month = days.astype("M8[M]")
    first = (month + months).astype("M8[D]")
    following = (month + months + 1).astype("M8[D]")
    return np.minimum(first + (days - month.astype("M8[D]")), following - np.timedelta64(1, "D"))


def months_elapsed(days: Days, as_of: np.datetime64) -> Ints:
    """Count whole months from each day to `as_of`."""
    month = days.astype("M8[M]")
    today = as_of.astype("M8[M]")
    day = days - month.astype("M8[D]")
    short = (as_of - today.astype("M8[D]")) < day
    return (today - month).astype(np.int64) - short
