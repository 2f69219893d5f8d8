"""Routes: a request for each rule of the URL map, honest or hostile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable

    from fuzz.wishes import Wishes

    Make = Callable[[Wishes], str]

FILES = ("20-controller.js", "../dashboard/app.py", "boot/boot.js", "..%2f..%2fvar%2fstate.db",
         "vendor/", "x" * 5_000, "%00")  # fmt: skip
PAGE = {"Accept": "text/html", "Sec-Fetch-Mode": "navigate"}


def _file(wishes: Wishes) -> str:
    return wishes.draw.choice([*FILES, quote(wishes.customer()), wishes.id()])


def _query(wishes: Wishes) -> str:
    search = wishes.search()
    return search if isinstance(search, str) and search.startswith("?") else ""


def _page(wishes: Wishes) -> str:
    path = wishes.or_hostile(wishes.path())
    text = path if isinstance(path, str) and len(path) < 5_000 else "/x"
    encoded = quote("/" + text.lstrip("/"), errors="replace")
    return encoded + _query(wishes)


# A new rule needs an entry: how its path is filled.
ROUTES: dict[str, Make] = {
    "/": lambda wishes: "/" + _query(wishes),
    "/<path:path>": _page,
    "/static/<path:filename>": lambda wishes: f"/static/{_file(wishes)}",
    "/assets/<path:filename>": lambda wishes: f"/assets/{_file(wishes)}",
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>": (
        lambda wishes: f"/_dash-component-suites/dash/{_file(wishes)}"
    ),
    "/_dash-layout": lambda wishes: "/_dash-layout" + _query(wishes),
    "/_dash-dependencies": lambda wishes: "/_dash-dependencies" + _query(wishes),
    "/_dash-update-component": lambda _: "/_dash-update-component",
    "/_reload-hash": lambda _: "/_reload-hash",
    "/_favicon.ico": lambda _: "/_favicon.ico",
    "/reports/<report_id>": lambda wishes: f"/reports/{_file(wishes)}",
    "/sign-in": lambda wishes: "/sign-in" + _query(wishes),
    "/sign-out": lambda _: "/sign-out",
    "/healthz": lambda _: "/healthz",
    "/readyz": lambda wishes: "/readyz" + _query(wishes),
}


def unknown(app: Any) -> list[str]:
    """Return the rules that have no entry."""
    return sorted({rule.rule for rule in app.server.url_map.iter_rules()} - ROUTES.keys())


def every(app: Any) -> list[tuple[str, str]]:
    """Return every rule with each of its methods."""
    rules = app.server.url_map.iter_rules()
    return sorted({(rule.rule, method) for rule in rules for method in rule.methods})


def request_of(rule: str, method: str, wishes: Wishes) -> dict[str, Any]:
    """Return a request for one rule; what is posted to it is hostile."""
    request: dict[str, Any] = {"method": method, "path": ROUTES[rule](wishes)}
    if method != "POST":
        return request | {"headers": PAGE if wishes.draw.random() < 0.7 else {}}
    if rule == "/sign-in":
        form = {"email": "root@partner.example", "password": "guess"}
        return request | {"data": form | {"next": str(wishes.search())[:500]}}
    return request | ({} if rule == "/sign-out" else {"json": wishes.hostile()})
