"""Draft journal notes from web articles, with every link real and every fact checked.

The public API is `Workspace`, the options of its verbs, what they are given, and the errors they raise.
"""

from typing import TYPE_CHECKING

__version__ = "0.2.0"
__all__ = [
    "Allowance",
    "BatchOptions",
    "CheckOptions",
    "Claim",
    "DraftOptions",
    "EnrichError",
    "FillOptions",
    "Given",
    "LearnOptions",
    "LinkOptions",
    "MigrateOptions",
    "NoteText",
    "ReviewOptions",
    "Workspace",
]

if TYPE_CHECKING:
    from enrich.check.evidence.claim import Claim
    from enrich.errors import EnrichError
    from enrich.workspace.open_note import NoteText
    from enrich.workspace.options import (
        Allowance,
        BatchOptions,
        CheckOptions,
        DraftOptions,
        FillOptions,
        Given,
        LearnOptions,
        LinkOptions,
        MigrateOptions,
        ReviewOptions,
    )
    from enrich.workspace.workspace import Workspace

_HOMES = {
    "Allowance": "enrich.workspace.options",
    "BatchOptions": "enrich.workspace.options",
    "CheckOptions": "enrich.workspace.options",
    "Claim": "enrich.check.evidence.claim",
    "DraftOptions": "enrich.workspace.options",
    "EnrichError": "enrich.errors",
    "FillOptions": "enrich.workspace.options",
    "Given": "enrich.workspace.options",
    "LearnOptions": "enrich.workspace.options",
    "LinkOptions": "enrich.workspace.options",
    "MigrateOptions": "enrich.workspace.options",
    "NoteText": "enrich.workspace.open_note",
    "ReviewOptions": "enrich.workspace.options",
    "Workspace": "enrich.workspace.workspace",
}
"""Where each public name lives; it is imported when it is asked for, because every command imports this package."""


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
