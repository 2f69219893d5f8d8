"""Webex Partner Hub: which partner administrators look after which customer."""

from __future__ import annotations

from dashboard.data.datasets import PARTNER_ADMINS
from dashboard.data.sources import Column, Kind, Source
from dashboard.data.sources._webex import ORGANIZATION_ID

SOURCE = Source(
    name="webex_partner_admins",
    dataset=PARTNER_ADMINS,
    columns=(
        ORGANIZATION_ID,
        Column(header="Name", field="name", kind=Kind.NAME, aliases=("Ім'я",)),
        Column(header="Email", field="email"),
        Column(header="Role", field="role", aliases=("Роль",)),
    ),
)
