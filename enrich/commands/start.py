"""``enrich`` alone: what it needs here, and how to give it."""

from pathlib import Path

from enrich.commands.opening import open_workspace
from enrich.config import Settings, hint_model
from enrich.console import Console
from enrich.workspace.open_notes import NO_VAULT


def start_lines(console: Console, vault: Path | None = None) -> tuple[str, str, str]:
    """The vault, the model and the next step: three lines for somebody who has set nothing yet."""
    workspace = open_workspace(console, vault)
    return _vault(workspace.root, workspace.settings), _model(workspace.settings), _NEXT


def _vault(root: Path | None, settings: Settings) -> str:
    if root is None:
        return f"vault: {NO_VAULT}"
    return f"vault: {root}; drafts go into its folder {settings.airlock}"


def _model(settings: Settings) -> str:
    if hint := hint_model(settings):
        return f"model: none, though a key is set; {hint}"
    if not settings.model:
        return (
            "model: none, which will do: drafts quote the article; to have them written, "
            "set ENRICH_MODEL and ENRICH_API_KEY"
        )
    if not settings.api_key:
        return f"model: {settings.model}, but no key; set ENRICH_API_KEY (any word for a model of your own machine)"
    return f"model: {settings.model}, asked at {settings.base_url}"


_NEXT = "next: enrich draft URL drafts a note, enrich review NOTE shows it beside its source; the rest: enrich --help"
