"""Access: whose rows a viewer may see, as decided by the server and never by the browser."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The customers a viewer may see; `None` is every customer of the partner."""

    customers: frozenset[str] | None

    @property
    def fingerprint(self) -> str:
        """Hash of the customer ids allowed, so that equal scopes share cached answers."""
        if self.customers is None:
            return "everyone"
        ids = "\x00".join(sorted(self.customers))
        return hashlib.sha256(ids.encode()).hexdigest()

    def allows(self, customer_id: str) -> bool:
        """Tell whether the viewer may see one customer."""
        return self.customers is None or customer_id in self.customers

    def narrowed(self, customers: Collection[str]) -> Scope:
        """Return the part of this scope that lies within some customers, a tag's for example."""
        chosen = frozenset(customers)
        return Scope(customers=chosen if self.customers is None else chosen & self.customers)


EVERYONE = Scope(customers=None)
NO_ONE = Scope(customers=frozenset())


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Who is looking, with the rights of this moment (SPEC §4). It is made by the server only.

    `user_id` is empty for the operator at the terminal, who owns nothing in the state database.
    """

    user_id: str
    email: str
    role: str
    scope: Scope
    name: str = ""
    edits_tags: bool = False
    administers: bool = False
    whole_numbers: bool = False
    sends_to_others: bool = False


STRANGER = Viewer(user_id="", email="", role="nobody", scope=NO_ONE)  # not signed in

OPERATOR = Viewer(
    user_id="",
    email="terminal",
    role="operator",
    scope=EVERYONE,
    edits_tags=True,
    administers=True,
    whole_numbers=True,
    sends_to_others=True,
)
