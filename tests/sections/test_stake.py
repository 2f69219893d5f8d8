"""Licenses at stake: a small gap of many licenses comes before a wide gap of a few (C-14)."""

from factories import line, table, weeks_ago

MANY = {"total": 3000, "assigned": 2640}  # a gap of 12 %
FEW = {"total": 10, "assigned": 1}  # a gap of 90 %


def names(section, *lines):
    return [row["customer"] for row in table(section, *lines)]


def low(customer, **licenses):
    """Return a customer with its peers, of whom each assigned all its licenses."""
    size = licenses["total"]
    peers = [line(f"{customer}'s peer {n}", total=size, assigned=size) for n in range(9)]
    return [line(customer, **licenses), *peers]


def test_low_assignment_is_ordered_by_unassigned_licenses():
    assert names("low_assignment", *low("Few", **FEW), *low("Many", **MANY)) == ["Many", "Few"]


def test_overage_is_ordered_by_licenses_and_not_by_its_share():
    few = line("Few", total=4, assigned=8)
    many = line("Many", total=3000, assigned=3100)
    assert names("over_limit", few, many) == ["Many", "Few"]


def test_a_renewal_of_the_same_day_is_ordered_by_licenses():
    ends = {"end_date": weeks_ago(-2)}
    assert names("expiring", line("Few", **FEW, **ends), line("Many", **MANY, **ends)) == [
        "Many", "Few"
    ]  # fmt: skip
