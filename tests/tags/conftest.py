"""An app over the small portfolio, whoever asks it, and a tag on one customer."""

import pytest
from tagging import INITECH, make

from dashboard.callbacks import exports, look, tags


@pytest.fixture
def services(app):
    return app._services


@pytest.fixture
def become(monkeypatch):
    """Return what makes every further request somebody's."""

    def become(viewer):
        for module in (look, tags, exports):
            monkeypatch.setattr(module, "viewer_of_request", lambda: viewer)

    return become


@pytest.fixture
def vip(services):
    """Return the id of a tag on Initech."""
    return make(services, "VIP", INITECH)
