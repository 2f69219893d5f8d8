"""Barriers: what axe finds wrong with what is on screen."""

import pytest

from dashboard.settings import assets_dir

AXE = assets_dir() / "vendor" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
EVERY_RULE = [*WCAG, "best-practice"]
JUDGE = """
const [tags, done] = arguments;
const told = ({ id, nodes }) => [id, ...nodes.slice(0, 3).map(({ html }) => html.slice(0, 200))];
axe.run({ runOnly: tags }).then(({ violations }) => done(violations.map(told)));
"""


def barriers(visitor, rules=WCAG):
    """Return what axe finds wrong with what is on screen now, in both schemes."""
    if not AXE.exists():
        pytest.skip("axe-core is fetched by npm")
    run = visitor.driver.execute_script
    run(AXE.read_text())
    found = []
    for scheme in ("light", "dark"):
        run("document.documentElement.dataset.mantineColorScheme = arguments[0]", scheme)
        run("document.getAnimations().forEach((animation) => animation.finish())")
        found += visitor.driver.execute_async_script(JUDGE, rules)
    return found
