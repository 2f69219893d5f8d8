"""Names of tags: what may be one, how long it is, and when two are the same."""

import pytest

from dashboard.state.tag_names import TagError, TagProblem, characters, folded, tag_name

FAMILY = "👨\u200d👩\u200d👧"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("VIP", 3),
        ("Ключовий клієнт", 15),
        ("й", 1),
        ("и\u0306", 1),  # й of two parts
        ("e\u0301\u0323", 1),
        (FAMILY, 1),
        ("👍🏽", 1),
        ("❤️", 1),
        ("🇺🇦", 1),
        ("🇺🇦🇪🇺", 2),
        ("👍👍", 2),
        ("日本", 2),
    ],
)
def test_characters_are_counted_as_a_person_does(text, count):
    assert characters(text) == count


@pytest.mark.parametrize("one", ["a", "ї", "e\u0323\u0301", FAMILY[:3], "👍🏽", "🇺🇦"])
def test_a_name_has_25_characters_and_not_26(one):
    assert characters(tag_name(one * 25)) == 25
    with pytest.raises(TagError, match="at most 25") as refused:
        tag_name(one * 26)
    assert refused.value.problem is TagProblem.LONG


def test_a_character_piled_up_from_hundreds_of_marks_is_too_long():
    with pytest.raises(TagError, match="at most 25"):
        tag_name("a" + "\u0323" * 200)


def test_a_name_is_trimmed_composed_and_single_spaced():
    assert tag_name("  Киї\u0432  \t\n и\u0306 ") == "Київ й"


@pytest.mark.parametrize("blank", ["", "   ", "\u00a0", "\u0301", "\u3164", "\u2800", "\u200d"])
def test_a_name_that_nobody_can_see_is_none(blank):
    with pytest.raises(TagError, match="needs a name"):
        tag_name(blank)


@pytest.mark.parametrize(
    "hidden", ["\x00", "\x07", "\u202e", "\u2066", "\u200f", "\u061c", "\ufeff", "\ud800"]
)
def test_control_and_bidi_characters_are_refused(hidden):
    with pytest.raises(TagError, match="invisible") as refused:
        tag_name(f"V{hidden}IP")
    assert refused.value.problem is TagProblem.CHARACTER


@pytest.mark.parametrize(
    ("one", "other"),
    [("VIP", "vip"), ("Straße", "STRASSE"), ("КИЇВ", "Київ"), ("❤️", "❤"), ("a\u200d", "A")],
)
def test_names_that_look_the_same_in_any_case_are_the_same(one, other):
    assert folded(tag_name(one)) == folded(tag_name(other))


def test_names_that_look_different_are_different():
    assert len({folded(tag_name(name)) for name in ("Київ", "Киев", "Kyiv", "е", "e")}) == 5
