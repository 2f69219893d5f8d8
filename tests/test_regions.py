"""Regions: the four of the specification, in its order; others after them."""

import pytest

from dashboard.data.regions import REGIONS, in_order


@pytest.mark.parametrize(
    ("place", "code", "name"),
    [
        (0, "US", "United States"),
        (1, "CA", "Canada"),
        (2, "EU", "European Union"),
        (3, "UAE", "United Arab Emirates"),
    ],
)
def test_each_region_has_its_name_and_place(place, code, name):  # W-057 … W-060
    assert list(REGIONS)[place] == code
    assert REGIONS[code] == name


def test_a_region_the_vendor_added_comes_after_ours():
    assert in_order({"APAC", "UAE", "US"}) == ["US", "UAE", "APAC"]
