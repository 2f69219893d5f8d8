"""The partner of canaries, imported once."""

import pytest

from fuzz.partner import import_partner


@pytest.fixture(scope="session")
def partner_data(tmp_path_factory):
    data = tmp_path_factory.mktemp("partner") / "data"
    import_partner(data)
    return data
