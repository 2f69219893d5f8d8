"""Listing: an app over a dozen customers, and what its list answers to whom."""

from decimal import Decimal

from asking import ask
from customer_factories import TableStore, customer, licenses, midday, term
from factories import days

from dashboard.access import OPERATOR
from dashboard.callbacks import customers, exports, look, saved_views, tags

ROUTE = "/_dash-update-component"
GRID = {"part": "grid", "section": "customers"}
ID = '{"part":"grid","section":"customers"}'


def few_customers():
    """Return a customer of each kind that a filter is about; most are healthy."""
    return [
        *(row for n in range(4) for row in (customer(f"Peer {n}"), term(f"Peer {n}"))),
        customer("Quiet", last_admin_sign_in=midday(-40)), term("Quiet"),
        customer("Trying", region="EU"), term("Trying", type="Trial", end_date=days(3)),
        customer("Ending", region="EU"), term("Ending", end_date=days(3)),
        customer("Late"), term("Late", end_date=days(-9)),
        customer("Ours", relationship="Own", products="Real-Time Translations"),
        customer("Unseen", last_admin_sign_in=None), term("Unseen", payment_status="Disputed"),
        customer("Over"), term("Over"), licenses("Over", total=10, assigned=14, used=8),
        customer(
            "Shop", vendor="8x8", products="SMS", billing_currency="EUR", region="UAE",
            remaining_credits=Decimal("1234.5"), assigned_users="ann@p.example; bob@p.example",
            last_admin_sign_in=None,
        ),
    ]  # fmt: skip


def publish(serving, *rows):
    """Make the rows what everybody sees."""
    serving.store = TableStore(rows)
    serving.store.pointer = serving.store.release.id


def become(monkeypatch, viewer=OPERATOR):
    """Make every further request somebody's."""
    for module in (look, tags, exports, customers, saved_views):
        monkeypatch.setattr(module, "viewer_of_request", lambda: viewer)


def rows(client, start=0, sort=None, **keys):
    """Return what the grid gets when it asks for a block."""
    request = {"startRow": start, "endRow": start + 100, "sortModel": sort or []}
    body = {
        "output": f"{ID}.getRowsResponse",
        "outputs": {"id": GRID, "property": "getRowsResponse"},
        "inputs": [{"id": GRID, "property": "getRowsRequest", "value": request}],
        "state": [{"id": "view", "property": "data", "value": {"path": "/customers"} | keys}],
        "changedPropIds": [f"{ID}.getRowsRequest"],
        "parsedChangedPropsIds": [f"{ID}.getRowsRequest"],
    }
    answer = client.post(ROUTE, json=body)
    assert answer.status_code == 200, answer.text
    return answer.json["response"][ID]["getRowsResponse"]


def names(client, **keys):
    """Return the names in the list, in its order."""
    return [row["customer"] for row in rows(client, **keys)["rowData"]]


def page(client, **keys):
    """Return what fills the page's places: name of the slot → its content."""
    found = ask(client, "/customers", path="/customers", **keys).json["response"]["parts"]["data"]
    return {id_["name"]: props["children"] for id_, props in found}


def links(component):
    """Return where the links in a component lead, in their order."""
    if isinstance(component, list):
        return [link for child in component for link in links(child)]
    props = component.get("props", {}) if isinstance(component, dict) else {}
    own = [props["href"]] if "href" in props else []
    return own + (links(props["children"]) if "children" in props else [])
