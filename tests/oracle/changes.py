"""What changed between two dates by SPEC.md C-06, customer by customer, from the exports alone.

Each date is read by DATA.md §3 and §4: its own last complete week, its own active subscriptions.
A customer is there on a date when it has an active Calling or Meetings line then, as the overview
counts customers. A license is the right to use one product, so a move is one of a customer's
licenses of a product; what is at stake is the larger change of total and assigned. The exports
know payment, setup and sign-ins as they are today only: no status that hangs on them is compared.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from oracle.reading import Portfolio, read_portfolio
from oracle.recompute import PRODUCTS, active_on, last_complete_week
from oracle.statuses import recompute_statuses

TODAY_ONLY = {"suspended", "ready_for_order_setup", "no_recent_activity"}


@dataclass(frozen=True)
class Changes:
    """The lists by organization, and the steps of the waterfall."""

    came: dict[str, int]
    went: dict[str, int]
    moved_status: dict[str, tuple[str, str]]
    largest: list[tuple[str, str, int, int, int]]
    waterfall: dict[str, int]


def recompute_changes(folder: Path, region: str, *, since: date, as_of: date) -> Changes:
    """What came, went, moved between statuses, and the licenses from one date to the other."""
    portfolio = read_portfolio(folder)
    then, now = (licenses_on(portfolio, region, day) for day in (since, as_of))
    before, after = ({owner for owner, _ in found} for found in (then, now))
    moves = [
        (*key, now.get(key, (0, 0))[0] - then.get(key, (0, 0))[0],
         now.get(key, (0, 0))[1] - then.get(key, (0, 0))[1])
        for key in sorted({*then, *now})
    ]  # fmt: skip
    stayed = [total for owner, _, total, _ in moves if owner in before & after]
    came, went = totals(now, after - before), totals(then, before - after)
    statuses = [recompute_statuses(folder, as_of=day) for day in (since, as_of)]
    return Changes(
        came=came,
        went=went,
        moved_status=moved_status(portfolio, region, *statuses),
        largest=largest(moves),
        waterfall={
            "then": sum(total for total, _ in then.values()),
            "came": sum(came.values()),
            "grew": sum(change for change in stayed if change > 0),
            "shrank": sum(change for change in stayed if change < 0),
            "went": -sum(went.values()),
            "now": sum(total for total, _ in now.values()),
        },
    )


def largest(moves: list[tuple[str, str, int, int]]) -> list[tuple[str, str, int, int, int]]:
    """Every move with what is at stake in it, the most first; what did not move is none."""
    staked = [(*move, max(abs(move[2]), abs(move[3]))) for move in moves]
    return sorted((move for move in staked if move[-1]), key=lambda move: -move[-1])


def licenses_on(
    portfolio: Portfolio, region: str, day: date
) -> dict[tuple[str, str], tuple[int, int]]:
    """Total and assigned licenses of every customer and product with an active line on the day."""
    lines = portfolio.lines[portfolio.lines["region"] == region]
    lines = lines[lines["product"].isin(PRODUCTS.values())]
    week = last_complete_week(portfolio, day)
    lines = active_on(lines[lines["week_ending"] == week], day)
    return {
        (str(owner), str(product)): (int(sum(own["total"])), int(sum(own["assigned"])))
        for (owner, product), own in lines.groupby(["organization_id", "product"])
    }


def totals(licenses: dict[tuple[str, str], tuple[int, int]], owners: set[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for (owner, _), (total, _) in licenses.items():
        if owner in owners:
            found[owner] = found.get(owner, 0) + total
    return found


def moved_status(
    portfolio: Portfolio, region: str, then: dict[str, dict], now: dict[str, dict]
) -> dict[str, tuple[str, str]]:
    """The customers of the region whose most urgent status is another one, with both."""
    customers = portfolio.customers[portfolio.customers["region"] == region]
    moved = {}
    for owner in customers["organization_id"]:
        before, after = (
            [status for status in found[owner]["statuses"] if status not in TODAY_ONLY]
            for found in (then, now)
        )
        if before and after and before[0] != after[0]:
            moved[owner] = (before[0], after[0])
    return moved
