"""The colors of charts: each at least 3:1 on its surface, in both schemes (UI §9)."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).resolve().parents[1] / "assets" / "00-tokens.css").read_text("utf-8")
LIGHT, DARK = CSS.split(':root[data-mantine-color-scheme="dark"]', 1)
MEANINGS = ["total", "used", "assigned", "available", "overage", "good", "bad", "poor"]
MEANINGS += ["good-legs", "not_measured", "share", "users_1_4", "users_5_19", "users_20_49"]
MEANINGS += ["users_50_plus"]


def color(name, block):
    return re.search(rf"--pl-{name}: (#[0-9a-f]{{6}});", block)[1]


def luminance(code):
    parts = [int(code[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("meaning", MEANINGS)
@pytest.mark.parametrize("block", [LIGHT, DARK], ids=["light", "dark"])
def test_every_meaning_can_be_told_from_its_surface(block, meaning):
    pair = (luminance(color(meaning, block)), luminance(color("surface", block)))
    assert (max(pair) + 0.05) / (min(pair) + 0.05) >= 3
