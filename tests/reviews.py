"""Reviews: decks over rows in memory, and what python-pptx finds in them again."""

from datetime import UTC, datetime
from io import BytesIO

import pptx
from apps import small_portfolio
from factories import AS_OF, MemoryStore, fact, line, weeks_ago

from dashboard.access import EVERYONE
from dashboard.data.filters import Filters
from dashboard.exports.deck.brief import Brief
from dashboard.exports.deck.slides import SLIDES
from dashboard.exports.deck.template import dress
from dashboard.exports.deck.write import to_pptx
from dashboard.exports.receipt import Receipt
from dashboard.i18n import Language
from dashboard.metrics.rules import Rules
from dashboard.sections.portfolio import Portfolio

RECEIPT = Receipt(
    by="ann@partner.example", at=datetime(2026, 11, 22, 9, 30, tzinfo=UTC), definitions="abc123"
)
FACTS = ("call_facts", "quality_facts", "user_facts", "feature_facts", "queue_facts")


def rows(customer="Initech"):
    """Return a year of small customers, one of whom also calls and has queues."""
    calls = [fact(name, customer, week_ending=weeks_ago(n)) for name in FACTS for n in range(9)]
    return [*small_portfolio(), *calls, line(customer, "New", week_ending=weeks_ago(0), total=40)]


def opened(*found):
    """Open rows as a portfolio."""
    return Portfolio(store=MemoryStore(found or rows()), rules=Rules())


def brief(portfolio=None, *, language="en", scope=EVERYONE, subject="All customers", **changes):
    """Return what a deck is about."""
    filters = Filters(**{"region": "US", "product": "calling", "as_of": AS_OF} | changes)
    return Brief(
        portfolio=portfolio or opened(),
        filters=filters,
        as_of=filters.as_of,
        scope=scope,
        subject=subject,
        language=Language(language),
        receipt=RECEIPT,
    )


def content(*args, slides=tuple(SLIDES), template=None, logo=None, **choices):
    """Write a deck."""
    return to_pptx(brief(*args, **choices), dress(template, logo), slides)


def deck(*args, **choices):
    """Write a deck and open it again: slides by name."""
    slides = choices.get("slides", tuple(SLIDES))
    found = pptx.Presentation(BytesIO(content(*args, **choices))).slides
    return dict(zip(slides, found, strict=True))


def tables(slide):
    """Return the texts of every table of a slide."""
    grids = [shape.table for shape in slide.shapes if shape.has_table]
    return [[[cell.text for cell in row.cells] for row in grid.rows] for grid in grids]


def charts(slide):
    """Return the charts of a slide."""
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def title(slide):
    """Return a slide's finding."""
    return slide.shapes.title.text


def texts(slide):
    """Return what stands on a slide outside of tables and charts."""
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def notes(slide):
    """Return what the speaker reads."""
    return slide.notes_slide.notes_text_frame.text
