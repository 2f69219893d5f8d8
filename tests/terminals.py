"""Terminals: somebody at the command line of a machine with its own state database."""

import json

from click.testing import CliRunner
from deliveries import CUSTOMERS, DataDirectory, customer, export

from dashboard.cli import main


class Terminal:
    """Somebody at the terminal of a machine with its own state database."""

    def __init__(self, url, folder, monkeypatch):
        """Set up the machine."""
        self.folder, self.url = folder, url
        monkeypatch.setenv("PARTNERLENS_STATE_URL", url)
        monkeypatch.setenv("PARTNERLENS_ANCHOR_FILE", str(folder / "anchors"))
        monkeypatch.setenv("PARTNERLENS_DATA_DIR", str(folder / "data"))
        monkeypatch.delenv("PARTNERLENS_DEBUG", raising=False)

    def run(self, *arguments, typed=None):
        return CliRunner().invoke(main, list(map(str, arguments)), input=typed)

    def done(self, *arguments, typed=None):
        """Run a command that must succeed, and return what it printed."""
        result = self.run(*arguments, typed=typed)
        assert result.exit_code == 0, result.output
        return result.stdout

    def refused(self, *arguments, typed=None):
        """Run a command that must be refused, and return its one sentence."""
        result = self.run(*arguments, typed=typed)
        assert (result.exit_code, result.stdout) == (2, ""), result.output
        sentence = result.stderr.strip().splitlines()[-1]
        assert "Traceback" not in result.output
        return sentence

    def add(self, email, role="admin"):
        return self.done("user", "add", email, "--role", role, "--no-password")

    def audit(self):
        """Return (action, subject, detail) of every entry, oldest first."""
        found = json.loads(self.done("audit", "list", "--format", "json"))
        return [(one["action"], one["subject"], one["detail"]) for one in reversed(found)]

    def publish(self):
        """Import two customers, o1 and o2."""
        place = DataDirectory(self.folder)
        rows = [customer("o1"), customer("o2")]
        place.ingest(place.write("customers.csv", export(CUSTOMERS, *rows)))
        return self
