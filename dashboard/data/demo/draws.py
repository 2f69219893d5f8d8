"""Seeded draws with exact shares, so that a small portfolio is as mixed as a large one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.data.demo.arrays import Flags, Floats, Ints


def stream(seed: int, topic: str) -> np.random.Generator:
    """Return the generator of one topic: drawing more of one never shifts another."""
    return np.random.default_rng([seed, crc32(topic.encode())])


def deal(rng: np.random.Generator, size: int, shares: Sequence[float]) -> Ints:
    """Deal `size` class numbers in exactly the given shares, in random order."""
    cuts = np.cumsum(shares)[:-1] / np.sum(shares)
    return np.searchsorted(cuts, (rng.permutation(size) + 0.5) / max(size, 1)).astype(np.int64)


def deal_within(rng: np.random.Generator, groups: Ints, shares: Sequence[float]) -> Ints:
    """Deal class numbers in the given shares inside every group."""
    dealt = np.zeros(groups.size, np.int64)
    for group in np.unique(groups):
        members = groups == group
        dealt[members] = deal(rng, int(members.sum()), shares)
    return dealt


def pick(rng: np.random.Generator, among: Flags, share: float, least: int = 1) -> Flags:
    """Pick a share of the candidates, at least `least` of them where there are as many."""
    candidates = np.flatnonzero(among)
    count = min(candidates.size, max(least, round(share * candidates.size)))
    picked = np.zeros(among.size, np.bool_)
    picked[rng.choice(candidates, count, replace=False)] = True
    return picked


def rank_within(groups: Ints) -> Ints:
    """Number the members of every group from 0 in their order of appearance."""
    order = np.argsort(groups, kind="stable")
    ordered = groups[order]
    first = np.searchsorted(ordered, ordered)
    ranks = np.empty(groups.size, np.int64)
    ranks[order] = np.arange(groups.size) - first
    return ranks


def days_between(rng: np.random.Generator, low: Ints | int, high: Ints | int, size: int) -> Ints:
    """Draw whole numbers from low to high, both included."""
    return rng.integers(low, np.asarray(high) + 1, size, dtype=np.int64)


def log_between(rng: np.random.Generator, low: Floats, high: Floats) -> Floats:
    """Draw one number per bound pair, evenly on a logarithmic scale: many small, few large."""
    return low * (high / low) ** rng.random(low.size)
