"""An app over the small portfolio for a module's tests, and somebody who sees one customer."""

import pytest
from signing_in import signed_in
from whose import MINE


@pytest.fixture(scope="module")
def app(small_app):
    return small_app


@pytest.fixture
def assigned(app):
    """Return somebody who may see one customer, in the second region."""
    return signed_in(app, "assigned_user", [f"id of {MINE}"])
