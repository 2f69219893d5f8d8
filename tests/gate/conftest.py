"""An app over the small portfolio for a module's tests, and somebody who sees one customer."""

import pytest
from apps import Serving, small_portfolio
from signing_in import signed_in
from whose import MINE


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        serving = Serving(patch, tmp_path_factory.mktemp("gate"))
        serving.publish(*small_portfolio())
        yield serving.app()


@pytest.fixture
def assigned(app):
    """Return somebody who may see one customer, in the second region."""
    return signed_in(app, "assigned_user", [f"id of {MINE}"])
