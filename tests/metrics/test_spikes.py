"""When a week is out of the ordinary, and when a row is far above the average."""

import pytest

from dashboard.metrics.spikes import spikes, stands_out

USUAL = [0.02, 0.021, 0.019, 0.02, 0.022, 0.02, 0.021]


@pytest.mark.parametrize(
    ("newest", "legs", "spike"),
    [(0.06, 100, True), (0.06, 29, False), (0.035, 100, False), (None, None, False)],
)
def test_a_spike_is_far_from_the_median_and_of_enough_legs(newest, legs, spike):  # SPEC §5
    assert spikes([*USUAL, newest], [100] * 7 + [legs]) == [False] * 7 + [spike]


def test_a_row_stands_out_only_with_enough_events():
    assert stands_out(9, 30, 0.1)
    assert not stands_out(9, 29, 0.1)
    assert not stands_out(4, 30, 0.1)
    assert not stands_out(9, 30, None)
