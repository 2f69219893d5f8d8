"""The reports page over two customers of one region."""

import pytest
from deliveries import DataDirectory, customer, export
from inventories import DEVICES, NUMBERS, customers, device, number
from reports_desk import Desk


@pytest.fixture
def place(tmp_path):
    """Return a data directory with a device and a number of each of two customers in the EU."""
    place = DataDirectory(tmp_path)
    two = customer(), customer("org-2", "EU", "Bolt")
    place.take("customers.csv", customers(*two))
    place.take("d.csv", export(DEVICES, device(), device("b", "org-2", name="Bolt")))
    place.take("n.csv", export(NUMBERS, number()))
    return place


@pytest.fixture
def desk(monkeypatch, place, tmp_path):
    return Desk(monkeypatch, place, tmp_path)
