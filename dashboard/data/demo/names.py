"""Customer names: invented companies of four regions, a few of them hostile on purpose."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from dashboard.data.demo.draws import deal
from dashboard.data.demo.words import ARABIC, ENGLISH, FRENCH, GERMAN, UKRAINIAN, Language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.data.demo.arrays import Ints

OWN_NAME = "Larkmere Telecom Partners"
LANGUAGES = (ENGLISH, GERMAN, FRENCH, UKRAINIAN, ARABIC)
SPOKEN = ((1, 0, 0, 0, 0), (0.7, 0, 0.3, 0, 0), (0.15, 0.4, 0.25, 0.2, 0), (0.5, 0, 0, 0, 0.5))
# What breaks spreadsheets, pages, queries and parsers; harmless wherever it is only text.
HOSTILE = (
    '=HYPERLINK("http://example.invalid","x")',
    "<script>alert(1)</script> Ltd",
    "Robert'); DROP TABLE--",
    "Two Lines\nand Sons",
    'The "Quoted" Quill',
    "Comma, Semicolon; and Co",
    "Right \u202eto Left",
    "Long " + "Winding Road " * 15,
    "NA",
    "null",
    "Émoji 📞 Télécom",
    "+1 Telecom",
    "-5 Degrees",
    "@home GmbH",
    "\u03a9",
    "Tab\tStop Trading",
    "Total Comfort Studio",
    "100 % Sure & Co.",
    "شركة Mixed للنقل",
    "<b>Bold</b> & Söhne",
    "{{ 7 * 7 }} Templates",
    "../../etc/passwd Archive",
)
LONGEST = 200
TWINS = 2


def draw_languages(rng: np.random.Generator, region: Ints) -> Ints:
    """Draw the language of each customer's name, by its number in `LANGUAGES`."""
    spoken = np.zeros(region.size, np.int64)
    for number, shares in enumerate(SPOKEN):
        here = region == number
        spoken[here] = deal(rng, int(here.sum()), shares)
    return spoken


def draw_names(rng: np.random.Generator, region: Ints, spoken: Ints) -> list[str]:
    """Name every customer; the first one is the partner's own organization."""
    names = np.empty(region.size, dtype=object)
    for number, language in enumerate(LANGUAGES):
        speakers = np.flatnonzero(spoken == number)
        names[speakers] = _compose(rng, language, speakers.size)
    _disturb(names, region)
    names[0] = OWN_NAME
    return [str(name) for name in names]


def _compose(rng: np.random.Generator, language: Language, count: int) -> list[str]:
    """Compose distinct names; a language that runs out of words starts to number them."""
    roots = [head + tail for head, tail in product(language.heads, language.tails)]
    every = list(product(roots, language.trades, language.forms))
    order: Sequence[int] = rng.permutation(len(every)).tolist()
    names = []
    for number in range(count):
        root, trade, form = every[order[number % len(every)]]
        name = language.pattern.format(root=root, trade=trade, form=form)
        again = number // len(every)
        names.append(f"{name} {again + 1}" if again else name)
    return names


def _disturb(names: np.ndarray[tuple[int], np.dtype[np.object_]], region: Ints) -> None:
    """Hand the hostile names round the regions, so that every customer file holds some."""
    regions = len(SPOKEN)
    places = [np.flatnonzero(region == number)[1:].tolist() for number in range(regions)]
    for number, name in enumerate(HOSTILE):
        turn, mine = number // regions, places[number % regions]
        # A small portfolio gets fewer of them: it must still look like a portfolio.
        if turn < len(mine) // 4:
            names[mine[turn * 3]] = name[:LONGEST]
    if len(places[0]) > TWINS * 3:
        names[places[0][-1]] = names[places[0][-TWINS]]
