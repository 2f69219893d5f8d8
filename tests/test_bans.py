"""Bans: what TRUST forbids to write at all, found in the source before it runs."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "dashboard"
MODULES = sorted(PACKAGE.rglob("*.py"))
# M-14: these follow `javascript:` when they are given it.
FOLLOWS_ANYTHING = {"NavLink", "Location"}
CACHES_FOR_ANYBODY = {"memoize", "cached", "delete_memoized"}  # M-06 to M-09


def name_of(node):
    return getattr(node, "attr", None) or getattr(node, "id", None)


def from_declarations(node):
    """Tell whether an address is made of the prefix and a declared page's path alone."""
    names = {name_of(n) for n in ast.walk(node) if isinstance(n, (ast.Name, ast.Attribute))}
    return names <= {"prefix", "rstrip", "page", "path"}


def offenses(source):
    """Yield what a module does although it may not."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.keyword) and (node.arg or "").startswith("dangerously"):
            yield f"{node.arg} runs what a name holds (T-06)"
        if isinstance(node, ast.Constant) and str(node.value).startswith("dangerously"):
            yield f"{node.value} runs what a name holds (T-06)"
        if (
            isinstance(node, (ast.Attribute, ast.alias))
            and (getattr(node, "attr", "") or getattr(node, "name", "")) in CACHES_FOR_ANYBODY
        ):
            yield "a cache that does not know whose answer it keeps (TRUST §3)"
        if isinstance(node, ast.Call):
            yield from offenses_of_call(node)


def offenses_of_call(node):
    for argument in node.keywords:
        if argument.arg == "background" and getattr(argument.value, "value", None) is not False:
            yield "a background callback (T-17)"
        follows = argument.arg == "href" and name_of(node.func) in FOLLOWS_ANYTHING
        if follows and not from_declarations(argument.value):
            yield f"{name_of(node.func)} with an address from data (T-07)"


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_module_does_what_is_forbidden(module):
    assert list(offenses(module.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    [
        "dcc.Markdown(x, dangerously_allow_html=True)",
        "dag.AgGrid(**{'dangerously_allow_code': True})",
        "app.callback(Output('a', 'b'), background=True)",
        "app.callback(Output('a', 'b'), background=long)",
        "dmc.NavLink(href=row['url'])",
        "dmc.NavLink(href=prefix + customer)",
        "dcc.Location(href=link)",
        "@cache.memoize(60)\ndef f(user): ...",
        "@cache.cached()\ndef f(): ...",
    ],
)
def test_the_ban_finds_each_of_them(source):
    assert list(offenses(source))


def test_the_ban_leaves_a_declared_path_alone():
    assert not list(offenses("dmc.NavLink(href=prefix.rstrip('/') + page.path)"))
