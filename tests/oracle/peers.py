"""Low license assignment (G-3): the peer group and its lower quartile, customer by customer."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

TOLERANCE = 1e-9
SMALLEST_GROUP = 8
GAP = 0.05


@dataclass(frozen=True)
class Member:
    """One customer x product with at least one license."""

    organization_id: str
    total: int
    assigned: int
    months: int

    @property
    def share(self) -> float:
        return self.assigned / self.total

    @property
    def seat_band(self) -> str:
        if self.total <= 24:
            return "1-24"
        if self.total <= 99:
            return "25-99"
        if self.total <= 499:
            return "100-499"
        if self.total <= 1999:
            return "500-1999"
        return "2000+"

    @property
    def tenure_band(self) -> str:
        if self.months <= 3:
            return "0-3"
        if self.months <= 12:
            return "4-12"
        return "13+"


def whole_months(earlier: date, later: date) -> int:
    """A month has passed once its day of the month is reached again."""
    months = 12 * (later.year - earlier.year) + later.month - earlier.month
    if later.day < earlier.day:
        months = months - 1
    return months


def members_of(lines: pd.DataFrame, as_of: date) -> list[Member]:
    """The customers of one region and product whose active lines total more than 0."""
    members = []
    for organization, own in lines.groupby("organization_id"):
        total = int(own["total"].sum())
        if total > 0:
            months = whole_months(min(own["start"]), as_of)
            members.append(Member(str(organization), total, int(own["assigned"].sum()), months))
    return members


def lower_quartile(member: Member, members: list[Member]) -> float | None:
    """Of the first group with at least 8 members, which include the member itself."""
    same_seats = [peer for peer in members if peer.seat_band == member.seat_band]
    same_both = [peer for peer in same_seats if peer.tenure_band == member.tenure_band]
    for group in (same_both, same_seats, members):
        if len(group) >= SMALLEST_GROUP:
            shares = [peer.share for peer in group]
            return float(np.quantile(shares, 0.25, method="linear"))
    return None


def is_flagged(member: Member, quartile: float | None) -> bool:
    if quartile is None or member.months < 1:
        return False
    below = member.share < quartile - TOLERANCE
    far_below = quartile - member.share >= GAP - TOLERANCE
    return below and far_below


def low_lines(lines: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The flagged customers' lines whose own share is below their group's quartile."""
    members = members_of(lines, as_of)
    chosen = pd.Series(data=False, index=lines.index)
    for member in members:
        quartile = lower_quartile(member, members)
        if quartile is None or not is_flagged(member, quartile):
            continue
        for index, line in lines[lines["organization_id"] == member.organization_id].iterrows():
            if line["total"] > 0 and line["assigned"] / line["total"] < quartile - TOLERANCE:
                chosen[index] = True
    return lines[chosen]


def flagged_customers(lines: pd.DataFrame, as_of: date) -> set[str]:
    members = members_of(lines, as_of)
    return {
        member.organization_id
        for member in members
        if is_flagged(member, lower_quartile(member, members))
    }
