"""Barriers: what axe finds wrong with what is on screen."""

import pytest

from dashboard.settings import assets_dir

AXE = assets_dir() / "vendor" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
JUDGE = """
const [tags, done] = arguments;
const told = ({ id, nodes }) => [id, ...nodes.slice(0, 3).map(({ html }) => html.slice(0, 200))];
axe.run({ runOnly: tags }).then(({ violations }) => done(violations.map(told)));
"""


def barriers(visitor):
    """Return what axe finds wrong with what is on screen now, in both schemes."""
    if not AXE.exists():
        pytest.skip("axe-core is fetched by npm")
    visitor.js(AXE.read_text())
    found = []
    for scheme in ("light", "dark"):
        visitor.js("document.documentElement.dataset.mantineColorScheme = arguments[0]", scheme)
        visitor.js("document.getAnimations().forEach((animation) => animation.finish())")
        found += visitor.driver.execute_async_script(JUDGE, TAGS)
    return found
