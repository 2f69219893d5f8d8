"""What changed between two dates by SPEC.md C-06, customer by customer, from the exports alone.

Each date is read by DATA.md §3 and §4: its own last complete week, its own active subscriptions.
A customer is there on a date when it has an active Calling or Meetings line then, as the overview
counts customers.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from oracle.reading import Portfolio, read_portfolio
from oracle.recompute import PRODUCTS, active_on, last_complete_week
from oracle.statuses import recompute_statuses

LARGEST = 10


@dataclass(frozen=True)
class Changes:
    """The lists by organization, and the steps of the waterfall."""

    came: dict[str, int]
    went: dict[str, int]
    moved_status: dict[str, tuple[list[str], list[str]]]
    largest: list[int]
    waterfall: dict[str, int]


def recompute_changes(folder: Path, region: str, *, since: date, as_of: date) -> Changes:
    """What came, went, moved between statuses, and the licenses from one date to the other."""
    portfolio = read_portfolio(folder)
    then, now = (licenses_on(portfolio, region, day) for day in (since, as_of))
    came = {name: now[name] for name in now if name not in then}
    went = {name: then[name] for name in then if name not in now}
    stayed = {name: now[name] - then[name] for name in now if name in then}
    moves = sorted([*came.values(), *went.values(), *map(abs, stayed.values())], reverse=True)
    statuses = [recompute_statuses(folder, as_of=day) for day in (since, as_of)]
    return Changes(
        came=came,
        went=went,
        moved_status=moved_status(portfolio, region, *statuses),
        largest=[move for move in moves if move][:LARGEST],
        waterfall={
            "then": sum(then.values()),
            "came": sum(came.values()),
            "grew": sum(change for change in stayed.values() if change > 0),
            "shrank": sum(change for change in stayed.values() if change < 0),
            "went": -sum(went.values()),
            "now": sum(now.values()),
        },
    )


def licenses_on(portfolio: Portfolio, region: str, day: date) -> dict[str, int]:
    """The licenses of every customer of the region with an active line on the day."""
    lines = portfolio.lines[portfolio.lines["region"] == region]
    lines = lines[lines["product"].isin(PRODUCTS.values())]
    week = last_complete_week(portfolio, day)
    lines = active_on(lines[lines["week_ending"] == week], day)
    owners = lines.groupby("organization_id")
    return {str(owner): int(sum(own["total"])) for owner, own in owners}


def moved_status(
    portfolio: Portfolio, region: str, then: dict[str, dict], now: dict[str, dict]
) -> dict[str, tuple[list[str], list[str]]]:
    """The customers of the region whose most urgent status is another one."""
    customers = portfolio.customers[portfolio.customers["region"] == region]
    moved = {}
    for owner in customers["organization_id"]:
        before, after = then[owner]["statuses"], now[owner]["statuses"]
        if before[:1] != after[:1]:
            moved[owner] = (before, after)
    return moved
