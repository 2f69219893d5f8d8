"""An app over a dozen customers, and somebody who may see them all."""

import pytest
from apps import Serving
from customer_factories import licenses
from listing import become, few_customers, publish


@pytest.fixture
def app(monkeypatch, tmp_path):
    serving = Serving(monkeypatch, tmp_path)
    publish(serving, *few_customers(), licenses("Nobody"))
    become(monkeypatch)
    return serving.app()
