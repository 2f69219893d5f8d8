"""Pressing: the request that a button of a page makes, as Dash in the browser would send it."""

import json

from asking import ROUTE
from signing_in import signed_in


def press(app, pressed, values, prop="n_clicks", clicks=1):
    """Press a component and return what it changes, as id → properties.

    `values` are those of the other inputs and states, by the component's `part`.
    """
    output, callback = _callback_of(app, pressed, prop)
    outputs = [_exact(part, pressed) for part in output.strip(".").split("...")]
    sent = {
        kind: [_filled(one, pressed, prop, clicks, values) for one in callback[kind]]
        for kind in ("inputs", "state")
    }
    told = [{"id": _id(i), "property": p} for i, p in outputs]
    name = json.dumps(pressed, sort_keys=True, separators=(",", ":"))
    body = sent | {
        "output": output,
        "outputs": told if output.startswith("..") else told[0],
        "changedPropIds": [f"{name}.{prop}"],
        "parsedChangedPropsIds": [f"{name}.{prop}"],
    }
    answer = signed_in(app).post(ROUTE, json=body)
    if answer.status_code == 204:
        return {}
    assert answer.status_code == 200, answer.text
    changed = answer.json["response"]
    return {_part(_id(id_)): props for id_, props in changed.items()}


def _id(spelled):
    return json.loads(spelled) if spelled.startswith("{") else spelled


def _part(id_):
    return id_["part"] if isinstance(id_, dict) else id_


def _callback_of(app, pressed, prop):
    for output, callback in app.callback_map.items():
        for given in callback["inputs"]:
            if given["property"] == prop and _is(given["id"], pressed):
                return output, callback
    message = f"nothing listens to {pressed}"
    raise AssertionError(message)


def _is(pattern, component):
    if not pattern.startswith("{"):
        return False
    wanted = json.loads(pattern)
    wild = (["MATCH"], ["ALL"])
    return set(wanted) == set(component) and all(
        value in wild or value == component[key] for key, value in wanted.items()
    )


def _exact(part, pressed):
    """Return id and property of an output, of the list that was pressed."""
    id_, _, prop = part.rpartition(".")
    ours = json.dumps(pressed.get("list"))
    return id_.replace('["MATCH"]', ours), prop


def _filled(given, pressed, prop, clicks, values):
    id_ = _id(given["id"].replace('["MATCH"]', json.dumps(pressed.get("list"))))
    many = isinstance(id_, dict) and ["ALL"] in id_.values()
    if given["property"] == prop and _is(given["id"], pressed):
        one = {"id": pressed, "property": prop, "value": clicks}
        return [one] if many else one
    one = {"id": id_, "property": given["property"], "value": values.get(_part(id_))}
    return [] if many else one
