"""Pages: every module here that has a PAGE is one, in navigation order."""

import importlib
import pkgutil

from dashboard.pages.page import Page


def _discover() -> tuple[Page, ...]:
    names = (f"{__name__}.{module.name}" for module in pkgutil.iter_modules(__path__))
    modules = map(importlib.import_module, names)
    pages = (module.PAGE for module in modules if hasattr(module, "PAGE"))
    return tuple(sorted(pages, key=lambda page: page.order))


PAGES: tuple[Page, ...] = _discover()

__all__ = ["PAGES", "Page"]
