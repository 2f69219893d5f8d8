"""The run: thousands of requests on several threads, and whose canaries came back to whom."""

from __future__ import annotations

import json
import re
import threading
from collections import Counter, defaultdict, deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any

from signing_in import add_somebody, signed_in

from fuzz import callbacks, routes
from fuzz.canaries import canaries, sung
from fuzz.partner import customer_id
from fuzz.wishes import Wishes

if TYPE_CHECKING:
    from fuzz.office import Office

THREADS = 4
ID = re.compile(r"\b[0-9a-f]{32}\b")
SELDOM = {"/sign-in": 0.02, "review-download.data": 0.1}  # they take long
ADMINISTRATION = ('"part":"admin"',)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A canary somebody got who must not, or a failure; with all it takes to see it again."""

    number: int
    target: str
    role: str
    scope: list[int]
    request: dict[str, Any]
    what: str

    def __str__(self) -> str:
        """Say it in few lines."""
        asked = json.dumps(self.request, default=str)[:1500]
        scope = f"{self.scope[:10]} … {len(self.scope)} in all"
        return f"#{self.number} {self.target}: {self.what}\n  as {self.role} of {scope}\n  {asked}"


@dataclass
class Run:
    """One run over an office; `problems` is empty if nobody got what is not theirs."""

    office: Office
    seed: int
    only: str = ""  # a part of the name of what is asked
    problems: list[Problem] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    own: Counter[str] = field(default_factory=Counter)  # target → answers with own canaries
    fields: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """List what there is to ask."""
        every = callbacks.on_server(self.office.app)
        self.callbacks = {name: one for name, one in every.items() if self.only in name}
        self.routes = [] if self.only else routes.every(self.office.app)
        self.targets: list[Any] = [*self.callbacks, *self.routes]
        self._keep = threading.Lock()
        self._kept: dict[str, set[tuple[int, str]]] = defaultdict(set)
        self._recent: deque[tuple[str, dict[str, Any]]] = deque(maxlen=150)
        self._rights = self.office.all_rights()

    def go(self, requests: int) -> None:
        """Ask, on several threads; each request is drawn from the seed and its number alone."""
        with ThreadPoolExecutor(THREADS) as pool:
            for outcome in pool.map(self._one, range(requests)):
                assert outcome is None
        self._compare_rights(requests, "the end")

    def _one(self, number: int) -> None:
        draw = Random(f"{self.seed}:{number}")
        if number % 40 == 39:
            self.office.cool()
        if number % 12 == 11:
            with self.office.rights.alone():
                self._compare_rights(number, "requests of who must not")
                self.office.shuffle_rights(draw)
                self._rights = self.office.all_rights()
        user, target = draw.choice(self.office.users), self._target(number, draw)
        changes = any(mark in str(target) for mark in ADMINISTRATION)
        with self.office.lock_of(user):
            if changes and self.office.role_of(user) == "full_admin":
                with self.office.rights.alone():
                    self._ask(number, draw, user, target)
                    self._rights = self.office.all_rights()
            else:
                with self.office.rights.shared():
                    self._ask(number, draw, user, target)

    def _target(self, number: int, draw: Random) -> Any:
        if number < 2 * len(self.targets):
            return self.targets[number % len(self.targets)]
        while True:
            of_routes = self.routes and draw.random() < 0.25
            pool: Any = self.routes if of_routes else list(self.callbacks)
            target = draw.choice(pool)
            if target == self.targets[0] or draw.random() < _often(target):
                return target
            if draw.random() < 0.5:
                return self.targets[0]  # the data callback answers for every page

    def _ask(self, number: int, draw: Random, user: str, target: Any) -> None:
        scope = self.office.scope_of(user)
        wishes = Wishes(self.office, draw, scope)
        request = self._request(target, wishes)
        with send(self.office.client_of(user), request) as answer:
            body, status, headers = answer.get_data(), answer.status_code, list(answer.headers)
        found = sung(body, headers)
        asked = canaries(json.dumps(request)) | self._kept[user]
        if '"view-name"' in str(target):  # one's own address comes back later
            self._kept[user] |= asked
        foreign = {one for one in found - asked if one[0] not in scope}
        what = f"canaries of others: {sorted(foreign)[:8]}" if foreign else ""
        if status >= 500 or b'"answer.failed"' in body or b"report the reference" in body:
            what = what or f"status {status}: {body[:300]!r}"
        self._note(target, status, found, body)
        if status == 401 or (target[0] == "/sign-out" and status < 400):
            self.office.forget(user)
        if what:
            role = self.office.role_of(user)
            alone = self._alone(role, scope, request, foreign)
            problem = Problem(number=number, target=str(target), role=role, scope=sorted(scope),
                              request=request, what=what + alone)  # fmt: skip
            with self._keep:
                self.problems.append(problem)

    def _request(self, target: Any, wishes: Wishes) -> dict[str, Any]:
        """Draw a request, or for a cache that is hot repeat what somebody else just asked."""
        if not isinstance(target, str):
            return routes.request_of(*target, wishes)
        with self._keep:
            before = [request for name, request in self._recent if name == target]
        if before and wishes.draw.random() < 0.4:
            return wishes.draw.choice(before)
        request = callbacks.request_of(target, self.callbacks[target], wishes)
        with self._keep:
            self._recent.append((target, request))
        return request

    def _alone(
        self, role: str, scope: frozenset[int], request: dict[str, Any], foreign: Any
    ) -> str:
        """Ask once more as somebody new with these rights; say whether that is enough."""
        self.office.cool()
        visitor = add_somebody(self.office.database, role, [customer_id(n) for n in scope])
        self.office.visitors.add(visitor)
        browser = signed_in(self.office.app, user_id=visitor)
        with send(browser, request) as answer:
            again = sung(answer.get_data(), list(answer.headers))
            same = (again & foreign) if foreign else answer.status_code >= 500
        return " (this request alone, cold, does it)" if same else " (not by this request alone)"

    def _note(self, target: Any, status: int, found: set[tuple[int, str]], body: bytes) -> None:
        text = body.decode(errors="replace") if len(body) < 500_000 else ""
        with self._keep:
            self.done[str(target)] += 1
            self.statuses[status] += 1
            self.own[str(target)] += bool(found)
            self.fields.update(field for _, field in found)
            self.office.seen_ids.update(ID.findall(text))

    def _compare_rights(self, number: int, when: str) -> None:
        if (now := self.office.all_rights()) != self._rights:
            what = f"{when} changed rights: {now ^ self._rights}"
            self.problems.append(Problem(number=number, target="rights", role="-", scope=[],
                                         request={}, what=what))  # fmt: skip
            self._rights = now


def send(browser: Any, request: dict[str, Any]) -> Any:
    """Send a request as it was drawn; a surrogate travels as the escape it came as."""
    more = {k: v for k, v in request.items() if k not in ("path", "json")}
    if "json" in request:
        more |= {"data": json.dumps(request["json"]), "content_type": "application/json"}
    return browser.open(request["path"], **more)


def _often(target: Any) -> float:
    name = target if isinstance(target, str) else target[0]
    return SELDOM.get(name, 0.6)
