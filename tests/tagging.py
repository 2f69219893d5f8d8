"""Tagging: tags made behind an app's back, and what its pages say of them."""

from dataclasses import replace
from datetime import UTC, datetime

from asking import ask, parts, words

from dashboard.access import OPERATOR
from dashboard.i18n import Language
from dashboard.state import tags

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ENGLISH = Language("en")
READER = replace(OPERATOR, edits_tags=False)
INITECH = "id of Initech"


def make(services, name, *customers):
    """Make a tag on some customers, and return its id."""
    with services.database.begin() as session:
        tag = tags.create(session, OPERATOR, name, NOW)
        tags.assign(session, OPERATOR, tag.id, customers, NOW)
    return tag.id


def carrying(services, tag_id):
    with services.database.read() as session:
        return tags.customers_with(session, [tag_id])


def overview(client, **asked):
    return words(parts(ask(client, **asked))["overview", "total_customers"]["children"])
