"""Imports without what a module can go without: a package that it takes where it finds it, and that loads slowly."""

import sys
from importlib import import_module
from typing import Any


def import_without(name: str, unwanted: str) -> Any:
    """A module that goes without another when that is not installed, imported as if it were not."""
    if name in sys.modules or unwanted in sys.modules:
        return import_module(name)
    sys.modules[unwanted] = None  # type: ignore[assignment]
    try:
        return import_module(name)
    finally:
        del sys.modules[unwanted]


def import_msgspec() -> None:
    """Nearly all modules take their structures from it; what it asks for Python has had since 3.11."""
    import_without("msgspec", "typing_extensions")
