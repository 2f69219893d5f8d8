"""Callbacks: a request for each of the callback map, from a value for each thing it reads."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from asking import ROUTE

from fuzz.values import VALUES, WILD

if TYPE_CHECKING:
    from fuzz.wishes import Wishes


def on_server(app: Any) -> dict[str, Any]:
    """Return every callback that the server answers, by its output."""
    return {key: value for key, value in app.callback_map.items() if value.get("callback")}


def label(id_: str) -> str:
    """Return what we call a component: its id, or the fixed parts of a pattern."""
    if not id_.startswith("{"):
        return id_
    pattern = json.loads(id_)
    return ":".join(str(pattern[key]) for key in _ordered(pattern) if not _wild(pattern[key]))


def unknown(app: Any) -> list[str]:
    """Return what callbacks read and we have no values for, each with its callback."""
    found = []
    for key, callback in on_server(app).items():
        for given in (*callback["inputs"], *callback["state"]):
            if (label(given["id"]), given["property"]) not in VALUES:
                found.append(f"{label(given['id'])}.{given['property']} of {key[:120]}")
            if given["id"].startswith("{"):
                pattern = json.loads(given["id"])
                found += [
                    f"the wild key {name} of {key[:120]}"
                    for name, value in pattern.items()
                    if _wild(value) and name not in WILD
                ]
    return found


def request_of(key: str, callback: Any, wishes: Wishes) -> dict[str, Any]:
    """Return a request for one callback: method, path and JSON body."""
    drawn = {name: wishes.or_hostile(make(wishes)) for name, make in WILD.items()}
    drawn = {n: v if isinstance(v, str) else str(v) for n, v in drawn.items()}
    trigger = wishes.draw.randrange(len(callback["inputs"]))
    inputs = [_given(one, drawn, wishes) for one in callback["inputs"]]
    pressed = inputs[trigger]
    one = pressed[0] if isinstance(pressed, list) and pressed else pressed
    changed = [] if isinstance(one, list) else [f"{_spelled(one['id'])}.{one['property']}"]
    parts = [part.rpartition(".") for part in key.strip(".").split("...")]
    outputs = [{"id": _concrete(id_, drawn), "property": prop} for id_, _, prop in parts]
    body = {
        "output": key,
        "outputs": outputs if key.startswith("..") else outputs[0],
        "inputs": inputs,
        "state": [_given(one, drawn, wishes) for one in callback["state"]],
        "changedPropIds": changed,
        "parsedChangedPropsIds": changed,
    }
    return {"method": "POST", "path": ROUTE, "json": body}


def _given(given: dict[str, str], drawn: dict[str, str], wishes: Wishes) -> Any:
    make = VALUES[label(given["id"]), given["property"]]
    many = '["ALL"]' in given["id"]
    pattern = given["id"]
    found = []
    for _ in range(wishes.draw.choice([1, 2]) if many else 1):
        again = {n: str(m(wishes)) for n, m in WILD.items()} if many else drawn
        id_ = _concrete(pattern, again)
        found.append({"id": id_, "property": given["property"], "value": make(wishes)})
    return found if many else found[0]


def _concrete(id_: str, drawn: dict[str, str]) -> Any:
    if not id_.startswith("{"):
        return id_
    return {name: drawn[name] if _wild(v) else v for name, v in json.loads(id_).items()}


def _spelled(id_: Any) -> str:
    if isinstance(id_, str):
        return id_
    return json.dumps(id_, sort_keys=True, separators=(",", ":"))


def _ordered(pattern: dict[str, Any]) -> list[str]:
    return sorted(pattern, key=lambda name: (name != "part", name))


def _wild(value: Any) -> bool:
    return value in (["MATCH"], ["ALL"], ["ALLSMALLER"])
