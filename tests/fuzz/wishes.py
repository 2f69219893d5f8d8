"""Wishes: honest and hostile values for everything a browser may say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from dashboard.components.customer import LOGS
from dashboard.sections import SECTIONS
from dashboard.sections.compared import COMPARED
from fuzz.canaries import canary
from fuzz.partner import REGIONS, customer_id

if TYPE_CHECKING:
    from random import Random

    from fuzz.office import Office

HUGE = "9" * 20_000
# Free text that is stored and shown to others: hostile, but without anybody's canary.
WRITTEN = (
    "Gold", "West 2", "", " ", "\x00", "a\x00b", "<img src=x onerror=1>", "=1+1", "\ud800",
    "🇺🇦" * 30, HUGE, "../../x", "%00", "{{7*7}}", "\u202eevil", "a" * 80,
)  # fmt: skip
NOT_TEXT: tuple[Any, ...] = (
    None, True, 0, -1, 1.5, 2**70, [], {}, [[]], ["US"], {"a": 1}, [None, 1], {"$ne": ""},
    ["x"] * 300, {"region": ["US", "EU"]},
)  # fmt: skip
FIELDS = ("id", "nm", "sa", "lo", "qu", "or", "in", "ae", "su")


class Wishes:
    """What one request may say: draws values that somebody honest or hostile would send."""

    def __init__(self, office: Office, draw: Random, scope: frozenset[int]) -> None:
        """Remember who may see what, to ask for the rest."""
        self.office, self.draw, self.scope = office, draw, scope
        self.is_hostile = draw.random() < 0.4

    def any_customer(self) -> int:
        """Return one of the user's own customers, or as often another's."""
        if self.scope and self.draw.random() < 0.5:
            return self.draw.choice(sorted(self.scope))
        return self.draw.randrange(400)

    def customer(self) -> str:
        """Return the id of a customer."""
        return customer_id(self.any_customer())

    def customers(self) -> list[str]:
        """Return ids of customers."""
        return [self.customer() for _ in range(self.draw.choice([0, 1, 2, 8]))]

    def own_customers(self) -> list[str]:
        """Return ids of the user's own customers."""
        own = sorted(self.scope)
        return [customer_id(n) for n in self.draw.sample(own, min(3, len(own)))]

    def id(self) -> str:
        """Return an id of a tag, a user, a file … that was in somebody's answer."""
        known = [*self.office.seen_ids, *self.office.users, *self.office.tags]
        return self.draw.choice([*known, "0" * 32])

    def tag(self) -> str:
        """Return the id of a tag."""
        return self.draw.choice(self.office.tag_ids() or ["0" * 32])

    def release(self) -> str:
        """Return the id of the release there is."""
        return self.office.services.portfolio().store.release.id

    def text(self) -> Any:
        """Return what is stored under a name of somebody's choice."""
        return self.draw.choice(WRITTEN)

    def hostile(self) -> Any:
        """Return what no page of ours would send."""
        number = self.any_customer()
        return self.draw.choice(
            [
                *NOT_TEXT, *WRITTEN, self.id(), self.customer(), self.customers(), "ATLANTIS",
                canary(number, self.draw.choice(FIELDS)),
                {"user_id": self.id(), "role": "full_admin", "scope": None, "customers": None},
                {"ids": self.row_ids(), "columns": ["customer", "subscription_id"]},
            ]
        )  # fmt: skip

    def or_hostile(self, honest: Any) -> Any:
        """Return the honest value, or a hostile one from who is hostile."""
        return self.hostile() if self.is_hostile and self.draw.random() < 0.5 else honest

    def row_ids(self) -> list[str]:
        """Return ids of table rows, as grids know them: of customers and of subscriptions."""
        some = [self.any_customer() for _ in range(self.draw.choice([1, 5, 40]))]
        own = sorted(self.scope)
        ids = []
        for n in [*some, *self.draw.sample(own, min(40, len(own)))]:
            subscriptions = (f"Sub-{canary(n, name)}" for name in ("sa", "sb"))
            ids += [customer_id(n), *(f"{customer_id(n)}|{one}" for one in subscriptions)]
        return ids

    def section(self) -> str:
        """Return the name of a section."""
        return self.draw.choice(sorted(SECTIONS | COMPARED))

    def path(self) -> str:
        """Return the path of a page; one that ends in an id gets one of anybody."""
        path = self.draw.choice(sorted(self.office.services.pages))
        if self.draw.random() < 0.35:
            path = "/customers/*"
        if not path.endswith("/*"):
            return path
        tail = self.customer() if "customer" in path else self.id()
        below = f"{tail}/{self.draw.choice(TABS)}"
        return path[:-1] + self.draw.choice([tail, *[below] * 4, f"../{tail}", tail.upper()])

    def params(self) -> dict[str, Any]:
        """Return values for some keys of the URL: all there are, however they are called."""
        known = sorted(self.office.services.addresses.keys)
        chosen = self.draw.sample(known, self.draw.randrange(min(5, len(known)) + 1))
        said = {name: self.or_hostile(self._param(name)) for name in chosen}
        return said | {"region": self.or_hostile(self.draw.choice(REGIONS))}

    def _param(self, name: str) -> Any:
        values = {
            "product": ["calling", "meetings"],
            "region": REGIONS,
            "as_of": ["2026-11-15", "2026-11-08", "2026-10-01"],
            "weeks": ["13", "26", "52"],
            "week": ["2026-11-07", "2026-11-14"],
            "endpoint": ["desk_phone", "webex_app"],
            "from": ["2026-08-16", "2026-10-18", "2026-11-15"],
            "release": [self.release(), "../../current", "r000009-00000009"],
            "tag": [self.tag(), self.tag(), f"{self.tag()},{self.id()}"],
        }
        generic = ["1", "2", "zq", "client", "Webex", "8x8", "active", "-customer", self.tag()]
        return self.draw.choice(list(values.get(name, [*generic, self.customer()])))

    def view(self) -> Any:
        """Return what the controller says of a page and its filters."""
        return self.or_hostile({"path": self.or_hostile(self.path())} | self.params())

    def search(self) -> Any:
        """Return the query of an address."""
        text = {k: v for k, v in self.params().items() if isinstance(v, str)}
        asked = urlencode(text, errors="replace")
        return self.or_hostile(f"?{asked}")


TABS = (*LOGS, *LOGS, "calling", "trials", "administrators", "x", "%2e%2e", "")
