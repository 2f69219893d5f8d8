"""Dates and sizes on every boundary the contract names, for random portfolios."""

import calendar
from datetime import date, timedelta
from random import Random

DAY = timedelta(days=1)
WEEK = timedelta(days=7)

# Sundays, so that the Saturday before is the newest week: many lie on or beside a month end.
SUNDAYS = [
    date(2026, 3, 1),
    date(2026, 5, 31),
    date(2025, 11, 30),
    date(2026, 2, 1),
    date(2027, 2, 28),
    date(2025, 8, 31),
    date(2025, 3, 30),
    date(2024, 6, 30),
    date(2024, 3, 3),
    date(2025, 6, 29),
    date(2026, 11, 15),
]
WINDOWS = [0, 1, 14, 15, 89, 90, 91]
TENURES = [1, 3, 4, 12, 13]
SEATS = [1, 24, 25, 99, 100, 499, 500, 1999, 2000]


def months_away(day: date, months: int) -> date:
    """The same day of another month, or that month's last."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def month_end(rng: Random, day: date) -> date:
    """The 28th to 31st of a month around that of day."""
    first = months_away(day.replace(day=1), rng.randint(-14, 8))
    last = calendar.monthrange(first.year, first.month)[1]
    return first.replace(day=min(rng.choice([28, 29, 30, 31]), last))


def start_date(rng: Random, as_of: date) -> date:
    kind = rng.randrange(7)
    if kind == 0:
        return as_of - rng.choice(WINDOWS) * DAY
    if kind == 1:
        return months_away(as_of, -rng.choice(TENURES)) + rng.choice([-1, 0, 0, 1]) * DAY
    if kind == 2:
        return min(month_end(rng, as_of), as_of)
    if kind == 3 and rng.random() < 0.4:
        return as_of + rng.choice([1, 2, 30]) * DAY
    return as_of - rng.randint(20, 900) * DAY


def end_date(rng: Random, as_of: date, start: date) -> date:
    kind = rng.randrange(6)
    end = as_of + rng.randint(1, 700) * DAY
    if kind in (0, 1):
        end = as_of + rng.choice(WINDOWS) * DAY
    if kind == 2:
        end = months_away(as_of, rng.choice(TENURES)) + rng.choice([-1, 0, 0, 1]) * DAY
    if kind == 3:
        end = month_end(rng, as_of)
    if kind == 4 and rng.random() < 0.4:
        end = as_of - rng.choice([1, 2, 45]) * DAY
    return max(end, start)


def seats(rng: Random) -> int:
    kind = rng.randrange(10)
    if kind == 0:
        return 0
    if kind <= 4:
        return rng.choice(SEATS)
    return rng.choice([rng.randint(1, 30), rng.randint(20, 120), rng.randint(90, 2500)])


def assigned_of(rng: Random, total: int) -> int:
    """Mostly some share of the total; sometimes nothing, everything or too much."""
    kind = rng.randrange(12)
    if kind == 0:
        return 0
    if kind == 1:
        return total
    if kind == 2:
        return total + rng.randint(1, 12)
    share = rng.uniform(0.02, 0.5) if kind <= 4 else rng.uniform(0.5, 1.0)
    return round(total * share)


def used_of(rng: Random, assigned: int) -> int:
    kind = rng.randrange(8)
    if kind == 0:
        return 0
    if kind == 1:
        return assigned + rng.randint(1, 9)
    return rng.randint(0, assigned)
