"""Inventories: small reports of devices and of phone numbers, as a partner would import them."""

from deliveries import CUSTOMERS, customer, export

DEVICES = (
    "External ID,Customer,Customer Org ID,Location ID,Location Name,Product,MAC Address,Firmware,"
    "Phone Number,Extension,User ID,User UUID"
)
NUMBERS = (
    "External ID,Customer,Customer Org ID,Location ID,Location Name,Country,Phone Number,"
    "Extension,PSTN Connection,Active,User Type,Number Type,User ID,User UUID"
)


def device(mac="0200AA000001", org="org-1", firmware="12.0", name="Acme", user="jo@acme.example"):
    return (
        *("", name, org, "loc-1", "Kyiv", "DP-9851", mac, firmware),
        *("+380441234567", "2001", user, "uuid-1"),
    )


def number(phone="+380441234567", org="org-1", name="Acme", active="True", kind="Primary"):
    return (
        *("EXT-1", name, org, "loc-1", "Kyiv", "UA", phone, "", "Calling Plan", active),
        *("People", kind, "jo@acme.example", "uuid-1"),
    )


def extension(digits="2001", org="org-1", location="loc-1"):
    return (
        *("", "Acme", org, location, "Kyiv", "UA", "", digits, "", "True", "People", ""),
        *("jo@acme.example", "uuid-1"),
    )


def customers(*rows):
    return export(CUSTOMERS, *(rows or (customer(),)))
