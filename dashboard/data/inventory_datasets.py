"""Inventory datasets: the devices and the phone numbers that customers have at a point in time."""

from __future__ import annotations

import dataframely as dy

from dashboard.data.datasets import Dataset


class _Inventory(dy.Schema):
    """What both inventories say first: whose it is, and where."""

    external_id = dy.String(nullable=True, description="Given to a wholesale customer.")
    customer = dy.String(nullable=True, description="Name of the customer organization.")
    customer_id = dy.String(nullable=False, description="The customer it belongs to.")
    location_id = dy.String(nullable=True, description="UUID of the location.")
    location = dy.String(nullable=True, description="Name of the location.")


class Devices(_Inventory):
    """One row is one device of a customer."""

    product = dy.String(nullable=True, description="Product type of the device.")
    mac_address = dy.String(nullable=True, description="Media access control address.")
    firmware = dy.String(nullable=True, description="Software version of the device.")
    phone_number = dy.String(nullable=True, description="Its primary phone number.")
    extension = dy.String(nullable=True, description="Its primary extension.")
    user_id = dy.String(nullable=True, description="ID of the user it is assigned to.")
    user_uuid = dy.String(nullable=True, description="UUID of the user it is assigned to.")
    identity = dy.String(nullable=True, description="What no other device of the customer is.")


class PhoneNumbers(_Inventory):
    """One row is one phone number or one extension of a customer."""

    country = dy.String(nullable=True, description="Country of the location.")
    phone_number = dy.String(nullable=True, description="Empty for extensions.")
    extension = dy.String(nullable=True, description="Empty for phone numbers.")
    pstn_connection = dy.String(nullable=True, description="Provider; empty for extensions.")
    active = dy.Bool(nullable=True, description="Whether the number is activated.")
    user_type = dy.String(nullable=True, description="People, Auto Attendant, … or nobody.")
    number_type = dy.String(nullable=True, description="Primary or Secondary for its user.")
    user_id = dy.String(nullable=True, description="ID of the user; of people the e-mail.")
    user_uuid = dy.String(nullable=True, description="UUID of the user.")
    identity = dy.String(nullable=True, description="What no other of the customer is.")


DEVICES = Dataset(name="devices", schema=Devices, key=("customer_id", "identity"))
PHONE_NUMBERS = Dataset(name="phone_numbers", schema=PhoneNumbers, key=("customer_id", "identity"))
INVENTORIES = {d.name: d for d in (DEVICES, PHONE_NUMBERS)}
