"""Masking, as the web serves it: nothing planted comes out of any page, file or folder (R-21)."""

import base64
import json
import random
import re
import zipfile
from io import BytesIO

import polars as pl
import pytest
from asking import ROUTE, ask
from call_deliveries import record, records
from deliveries import DataDirectory
from fuzz import callbacks
from fuzz.canaries import ARCHIVE
from log_deliveries import answer, event, log
from log_deliveries import named as accounts
from signing_in import signed_in

from dashboard.app import create_app
from dashboard.components.customer import LOGS, TABS
from dashboard.settings import Settings

PLANTED = 5_000
ACCOUNT, ORG = "acme", "org-1"
FORMATS = (
    lambda n: f"+{n}", lambda n: f"00{n}", lambda n: f"tel:+{n[:3]}-{n[3:6]}-{n[6:]}",
    lambda n: f"+{n[:3]} ({n[3:5]}) {n[5:8]} {n[8:]}", lambda n: f"sip:{n}@gateway.example",
)  # fmt: skip
DIGITS = re.compile(r"\d")


class Planted:
    """Numbers, names and contents, spread over logs and call legs, good rows and bad ones."""

    def __init__(self):  # noqa: D107
        draw = random.Random(21)
        self.numbers = [f"38{draw.randrange(10**9, 10**10)}" for _ in range(PLANTED)]
        self.words = [f"Quarrel{draw.randrange(10**9):09d}" for _ in range(PLANTED)]
        self.spelled = [FORMATS[i % len(FORMATS)](n) for i, n in enumerate(self.numbers)]

    def rows(self, part):
        """Return every fifth number, with its words and whether its row is a bad one."""
        return [(i, self.spelled[i], self.words[i], i % 3 == 0) for i in range(part, PLANTED, 5)]

    def sms(self):
        return log("sms", *(
            event("sms", i, msisdn=n, body=w, **({"createdat": "soon"} if bad else {}))
            for i, n, w, bad in self.rows(0)
        ))  # fmt: skip

    def voice(self):
        return log("voice", *(
            event("voice", i, SourceEndpoint=n, DestinationEndpoint=n, Content=w,
                  **({"DurationInSec": "-1"} if bad else {}))
            for i, n, w, bad in self.rows(1)
        ))  # fmt: skip

    def messaging(self):
        return answer(*(
            event("messaging", i, user_msisdn=n, content=w, **({"createdAt": "x"} if bad else {}))
            | {"user.name": w}
            for i, n, w, bad in self.rows(2)
        ))  # fmt: skip

    def video(self):
        return log("video", *(
            event("video", i, UserB_MSISDN=n, Reference=w, **({"Duration": "-1"} if bad else {}))
            for i, n, w, bad in self.rows(3)
        ))  # fmt: skip

    def legs(self):
        return records(*(
            record(i) | {"Calling number": n, "Called number": n, "User number": n, "User": w,
                         "Calling line ID": w, "Dialed digits": n, "Redirecting number": n}
            | ({"Duration": "soon"} if bad else {})
            for i, n, w, bad in self.rows(4)
        ))  # fmt: skip


@pytest.fixture(scope="module")
def planted():
    return Planted()


@pytest.fixture(scope="module")
def home(planted, tmp_path_factory):
    """Return a folder with data, state and cache, after everything was imported and looked at."""
    root = tmp_path_factory.mktemp("masked")
    place = DataDirectory(root)
    accounts(place, ACCOUNT)
    place.take("customers.csv", "Customer Name,Organization ID,Region,Products\n"
               f"Acme Calls,{ORG},EU,Webex Calling\n")  # fmt: skip
    for name in ("sms", "voice", "messaging", "video", "legs"):
        options = {} if name == "legs" else {"organization_id": ACCOUNT}
        assert place.take(f"{name}.x", getattr(planted, name)(), **options).refused is None
    for file in place.drop.iterdir():
        file.unlink()  # what was delivered is the partner's to keep
    return root


@pytest.fixture(scope="module")
def served(home, planted):
    """Return every answer that a full administrator gets, from every page, log and file."""
    app = create_app(Settings(
        data_dir=str(home / "data"), cache_dir=home / "cache",
        state_url=f"sqlite:///{home / 'state.db'}", secret_file=home / "secret.key",
    ))  # fmt: skip
    browser = signed_in(app)
    found = list(answers(app, browser, planted))
    app._services.database.engine.dispose()
    return found


def answers(app, browser, planted):
    """Yield (what was asked, the text of the answer)."""
    for path in app._services.pages:
        customers = (ACCOUNT, ORG) if path == "/customers/*" else ("",)
        tabs = ("", *TABS, *LOGS) if path == "/customers/*" else ("",)
        for customer in customers:
            for tab in tabs:
                below = path.removesuffix("*") + customer + (f"/{tab}" if tab else "")
                yield below, read(ask(browser, path=below, region="EU"))
                yield below, read(browser.get(below))
    for key, callback in callbacks.on_server(app).items():
        if '"log_' in key or '"customers"' in key or key == "review-download.data":
            for said in log_requests(key, callback, planted):
                yield key, read(browser.post(ROUTE, json=said))


def log_requests(key, callback, planted):
    """Yield requests for the first rows of a list, for its file, and for one full number."""
    product = next((tab for tab in LOGS if f"log_{LOGS[tab]}" in key), "")
    for digits in ("", planted.numbers[0], planted.numbers[0][-4:]):
        path = f"/customers/{ACCOUNT}/{product}" if product else "/customers"
        view = {"path": path, "region": "EU", "digits": digits}
        values = {"view": view, "getRowsRequest": {"startRow": 0}, "n_clicks": 1, "search": ""}
        given = lambda one: {  # noqa: E731
            "id": json.loads(one["id"]) if one["id"].startswith("{") else one["id"],
            "property": one["property"],
            "value": values.get(one["id"], values.get(one["property"])),  # noqa: B023
        }
        id_, _, prop = key.rpartition(".")
        yield {
            "output": key,
            "outputs": {"id": json.loads(id_) if id_.startswith("{") else id_, "property": prop},
            "inputs": [given(one) for one in callback["inputs"]],
            "state": [given(one) for one in callback["state"]],
            "changedPropIds": [f"{one['id']}.{one['property']}" for one in callback["inputs"]][:1],
        }


def read(response):
    """Return the text of an answer, and of the files within it."""
    with response as got:
        text = got.get_data().decode(errors="replace")
    inside = [text]
    for encoded in ARCHIVE.findall(text.replace("\\u002f", "/").replace("\\u002b", "+")):
        with zipfile.ZipFile(BytesIO(base64.b64decode(encoded))) as archive:
            inside += [archive.read(n).decode(errors="replace") for n in archive.namelist()]
    return "\n".join(inside)


def planted_in(text, planted):
    """Return what was planted and stands in a text: more than 4 digits in a row, or a word."""
    plain = "".join(DIGITS.findall(text))
    runs = {n for n in planted.numbers if n in plain}
    runs |= {n for n in planted.spelled if n in text}
    return runs | {w for w in planted.words if w in text}


def on_disk(root):
    """Yield (name, text) of every file below a folder, table versions and cells included."""
    for path in sorted(p for p in root.rglob("*") if p.is_file()):
        yield str(path.relative_to(root)), path.read_bytes().decode("latin-1")
        if path.suffix == ".parquet":
            texts = pl.read_parquet(path).select(pl.col(pl.String))
            cells = {text for column in texts for text in column.unique() if text}
            yield str(path.relative_to(root)), "\n".join(sorted(cells))


def test_what_was_planted_would_be_found(planted):
    for i in range(0, PLANTED, 500):
        assert planted_in(f"x {planted.spelled[i]} y", planted) >= {planted.numbers[i]}
        assert planted_in(f"<b>{planted.words[i]}</b>", planted) == {planted.words[i]}


def test_nothing_planted_is_served(served, planted):
    assert len(served) > 40
    assert [path for path, text in served if planted_in(text, planted)] == []
    logs = [text for path, text in served if "grid" in path and "log_" in path]
    assert sum("****" in text for text in logs) >= 4  # rows were there to be read


def test_nothing_planted_is_below_the_data_cache_and_state(home, served, planted):  # R-21, T-20
    names = set()
    for name, text in on_disk(home):
        assert planted_in(text, planted) == set(), name
        names.add(name.partition("/")[0])
    assert {"data", "cache", "state.db"} <= names
    assert served


def test_no_log_line_says_what_was_planted(home, planted, capfd):
    app = create_app(Settings(
        data_dir=str(home / "data"), cache_dir=home / "cache",
        state_url=f"sqlite:///{home / 'other.db'}", secret_file=home / "secret.key",
    ))  # fmt: skip
    browser = signed_in(app)
    for path in ("/customers", f"/customers/{ACCOUNT}/logs/sms"):
        ask(browser, path=path, digits=planted.numbers[0])
    browser.post(ROUTE, data=planted.numbers[0], content_type="application/json")
    said = capfd.readouterr()
    assert planted_in(said.out + said.err, planted) == set()
