"""Scope: whose rows a viewer may see, as decided by the server and never by the browser."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


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


EVERYONE = Scope(customers=None)
