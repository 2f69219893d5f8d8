"""Blocks: which rows a grid asks for that holds only some of them; all of it is a wish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import MATCH, ClientsideFunction, Input, Output

from dashboard.callbacks.keys import Choice
from dashboard.components import ids
from dashboard.components.following import BLOCK

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from dash import Dash

    from dashboard.callbacks.keys import Key

DOWN = "-"  # in front of a column that sorts downwards
LAST_ROW = 1_000_000_000  # nobody scrolls there, and a number without bounds fits no table


def block_of(request: Mapping[str, Any], sorts: Collection[str]) -> dict[str, Any]:
    """Read which rows are asked for, and in which order if that is one there is."""
    start, wanted = request.get("startRow"), request.get("sortModel")
    first = wanted[0] if isinstance(wanted, list) and wanted else None
    asked = first if isinstance(first, dict) else {}
    name = asked.get("colId")
    known = isinstance(name, str) and name in sorts
    order = {"sort": name, "descending": asked.get("sort") == "desc"} if known else {}
    offset = start if type(start) is int and 0 <= start <= LAST_ROW else 0
    return {"offset": offset, "limit": BLOCK} | order


def sorted_by(sorts: Sequence[str], default: str) -> Choice:
    """Return what a key may say that sorts by one of `sorts`, upwards or downwards."""
    return Choice(values=(*sorts, *(DOWN + name for name in sorts)), default=default)


def order_of(said: str) -> dict[str, Any]:
    """Read a column to sort by as the URL writes it."""
    return {"sort": said.removeprefix(DOWN), "descending": said.startswith(DOWN)}


def follows(keys: Sequence[Key], order: str, standard: str, *shared: str) -> dict[str, Any]:
    """Say what decides a grid's rows: its own keys, and `shared` ones that other pages have, too.

    `order` is the key that only sorts them, as `standard` says where it is absent.
    """
    asked = [key.name for key in keys if key.name != order]
    return {"keys": [*asked, *shared], "order": order, "standard": standard}


def register(app: Dash) -> None:
    """Attach what `assets/29-following.js` does in the browser."""
    following = {"part": "following", "section": MATCH}
    app.clientside_callback(
        ClientsideFunction("following", "follow"),
        Output(following, "data"),  # an output, or a new grid would not call
        Input(ids.VIEW, "data"),
        Input(following, "id"),
    )
