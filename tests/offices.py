"""Offices: an app with a state database, and somebody of a role in front of it."""

import json
import re
from datetime import UTC, datetime

from apps import Serving, small_portfolio
from asking import ROUTE, words
from signing_in import signed_in

from dashboard.state.audit import first_broken
from dashboard.state.models import AuditEntry
from dashboard.state.users import add_user, find_user

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


class Office:
    """An app over the small portfolio, its state database, and somebody in front of it."""

    def __init__(self, monkeypatch, tmp_path, state_url):
        """Open it; everybody is ready to be added."""
        serving = Serving(monkeypatch, tmp_path)
        serving.publish(*small_portfolio())
        anchors = tmp_path / "anchors"
        self.app = serving.app(state_url=state_url, anchor_file=str(anchors))
        self.client = None
        self.database = self.services.database

    @property
    def services(self):
        """What the callbacks hold."""
        return self.app._services

    def add(self, email, role):
        """Add a user without an entry in the log, and return the id."""
        with self.database.begin() as s:
            return add_user(s, email=email, role=role, now=NOW, name="Ann").id

    def sit_down(self, role, email="boss@example.com"):
        """Let somebody of a role look from now on, and return the id."""
        user_id = self.add(email, role)
        self.client = signed_in(self.app, user_id=user_id)
        return user_id

    def callbacks(self):
        """Return the callbacks of the administration and audit pages by name."""
        first = re.compile(r'^(?:\.\.)?{"name":"([\w-]+)","part":"admin"}')
        named = {first.match(output): (output, c) for output, c in self.app.callback_map.items()}
        return {match[1]: callback for match, callback in named.items() if match}

    def touch(self, act, /, triggered=None, **values):
        """Touch what makes a callback run, with values by the name of their component."""
        output, callback = self.callbacks()[act]
        inputs = [self._filled(one, values) for one in callback["inputs"]]
        state = [self._filled(one, values) for one in callback["state"]]
        outputs = [
            {"id": json.loads(part.rsplit(".", 1)[0]), "property": part.rsplit(".", 1)[1]}
            for part in output.strip(".").split("...")
        ]
        first = callback["inputs"][0]
        changed = f"{first['id']}.{first['property']}"
        if triggered:
            changed = f'{{"name":"{triggered}","part":"admin"}}.n_clicks'
        body = {
            "output": output,
            "outputs": outputs if len(outputs) > 1 else outputs[0],
            "inputs": inputs,
            "state": state,
            "changedPropIds": [changed],
        }
        return self.client.post(ROUTE, json=body)

    def _filled(self, one, values):
        key = json.loads(one["id"])["name"] if one["id"].startswith("{") else one["id"]
        wanted = values.get(key, 1 if one["property"] == "n_clicks" else None)
        id_ = json.loads(one["id"]) if one["id"].startswith("{") else one["id"]
        return {"id": id_, "property": one["property"], "value": wanted}

    def log(self):
        """Return the entries as (actor, action, subject)."""
        with self.database.read() as s:
            entries = s.query(AuditEntry).order_by(AuditEntry.number)
            assert first_broken(s) is None
            return [(e.actor, e.action, e.subject) for e in entries]

    def role_of(self, email):
        with self.database.read() as s:
            user = find_user(s, email)
            return user and (user.role, user.active)


def said(answer, name):
    """Return what an answer says in one place, as a person reads it."""
    assert answer.status_code == 200, answer.text
    response = answer.json["response"]
    [place] = [key for key in response if json.loads(key)["name"] == name]
    return words(response[place]["children"])
