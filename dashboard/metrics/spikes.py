"""Spikes: weeks whose share is far from the usual one, and rows far above the average."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

FEW = 30  # events below which a rate is not judged
DEVIATIONS = 3.5  # scaled median absolute deviations
SCALE = 1.4826  # makes the median absolute deviation comparable with a standard deviation
POINTS = 0.02  # least distance, as a share
TIMES = 1.5  # a row stands out from this multiple of the average on


def spikes(shares: Sequence[float | None], events: Sequence[int | None]) -> list[bool]:
    """Tell which weeks are spikes by the rule of SPEC §5."""
    known = [share for share in shares if share is not None]
    if not known:
        return [False for _ in shares]
    usual = median(known)
    spread = SCALE * median(abs(share - usual) for share in known)
    return [
        share is not None
        and (n or 0) >= FEW
        and abs(share - usual) >= max(POINTS, DEVIATIONS * spread)
        for share, n in zip(shares, events, strict=True)
    ]


def stands_out(part: float, whole: float, overall: float | None) -> bool:
    """Tell whether a rate of enough events is far above the average of all rows."""
    if overall is None or whole < FEW:
        return False
    return part / whole >= max(TIMES * overall, overall + POINTS)
