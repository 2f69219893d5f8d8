"""What a browser claims (T-05): wishes are no rights, whatever value of a request is forged."""

import json
import re

from asking import HERE, ROUTE, ask
from signing_in import add_somebody, signed_in
from whose import MINE, SEEN, THEIRS, rows_of

from dashboard.pages import PAGES


def forgeries(app):
    """Return what a forged value could claim, beside what it normally is."""
    admin = add_somebody(app._services.database, "full_admin")
    claims = {"user_id": admin, "user": admin, "viewer": admin, "role": "full_admin",
              "scope": None, "customers": None, "administers": True}  # fmt: skip
    yield HERE | claims
    yield HERE | claims | {"path": "/subscriptions/expiring", "region": "US"}
    yield HERE | claims | {"path": "/subscriptions/over-limit", "region": "US"}
    names = [f"id of {name}" for name in THEIRS]
    rows = [row for page in PAGES for row in rows_of(signed_in(app), page.path)]
    assert rows
    yield claims | {"ids": rows + names, "columns": ["customer", "subscription_id"]}
    yield admin
    yield {"path": f"/customers/{names[0]}"} | claims
    yield names


def concrete(id_):
    """Return an id as the browser sends it; a pattern becomes each declared section."""
    if not id_.startswith("{"):
        return [id_]
    pattern = json.loads(id_)
    return [
        {key: name if isinstance(value, list) else value for key, value in pattern.items()}
        for name in ("expiring", "over_limit", "recently_added", "low_assignment")
    ]


def requests_of(output, callback, forged):
    """Yield the bodies a browser could send to one callback, every value forged."""
    ids = {i["id"] for i in (*callback["inputs"], *callback["state"])}
    for n in range(max(len(concrete(id_)) for id_ in ids)):
        at = lambda part: {  # noqa: E731
            "id": concrete(part["id"])[n % len(concrete(part["id"]))],  # noqa: B023
            "property": part["property"],
            "value": "?region=US" if part["property"] == "search" else forged,
        }
        parts = [o.rsplit(".", 1) for o in output.strip(".").split("...")]
        outputs = [
            {"id": concrete(id_)[n % len(concrete(id_))], "property": p} for id_, p in parts
        ]
        yield {
            "output": output,
            "outputs": outputs if output.startswith("..") else outputs[0],
            "inputs": [at(part) for part in callback["inputs"]],
            "state": [at(part) for part in callback["state"]],
            "changedPropIds": [],
        }


def test_no_forged_state_of_any_callback_widens_what_somebody_sees(app, assigned):  # T-05
    on_server = {o: c for o, c in app.callback_map.items() if c.get("callback")}
    assert len(on_server) >= 2
    seen = 0
    for output, callback in on_server.items():
        for forged in forgeries(app):
            for content in requests_of(output, callback, forged):
                text = assigned.post(ROUTE, json=content).text
                text = re.sub(r"/customers/id of \w+", "", text)  # it repeats the path asked for
                assert not SEEN.search(text), (output, forged)
                seen += MINE in text
    assert seen  # one's own customer does come through


def test_no_address_names_another_viewer(assigned):
    for query in ("user_id=1", "role=full_admin", "customers=all", "viewer=operator"):
        assert not SEEN.search(ask(assigned, path="/subscriptions/expiring", search=query).text)
        assert not SEEN.search(assigned.get(f"/_dash-layout?{query}").text)
        assert not SEEN.search(assigned.get(f"/?{query}").text)
