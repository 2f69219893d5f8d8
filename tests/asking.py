"""Asking: the request that the controller in the browser makes, and parts of its answer."""

from dashboard.callbacks.look import OUTPUT

HERE = {"path": "/", "product": "calling", "region": "US", "as_of": None, "weeks": "26"}
ROUTE = "/_dash-update-component"
PAGE = {"Accept": "text/html", "Sec-Fetch-Mode": "navigate"}  # of somebody who opens a page


def body(mounted=None, **changes):
    """Return the body of the data callback's request, as Dash sends it."""
    names = [part.split(".") for part in OUTPUT.strip(".").split("...")]
    return {
        "output": OUTPUT,
        "outputs": [{"id": id_, "property": property_} for id_, property_ in names],
        "inputs": [{"id": "view", "property": "data", "value": HERE | changes}],
        "state": [{"id": "mounted", "property": "data", "value": mounted}],
        "changedPropIds": ["view.data"],
        "parsedChangedPropsIds": ["view.data"],
    }


def ask(client, mounted=None, **changes):
    """Look at a page with some filters."""
    return client.post(ROUTE, json=body(mounted, **changes))


def parts(answer):
    """Return what an answer puts in sections: (section, name) → properties."""
    found = answer.json["response"]["parts"]["data"]
    return {
        (id_["section"], id_.get("name") or id_["part"]): props
        for id_, props in found
        if "section" in id_
    }


def texts(component):
    """Return every string a person reads in a component, in order; attributes left out."""
    if isinstance(component, str):
        return [component]
    if isinstance(component, list):
        return [text for child in component for text in texts(child)]
    if isinstance(component, dict) and "props" in component:
        return texts(component["props"].get("children"))
    return []


def words(component):
    """Return what a person reads in a component as one string."""
    return " ".join(texts(component))
