"""``enrich`` alone: what it needs here, and how to give it."""

from enrich.commands.edges import NO_VAULT, Setup, read_setup
from enrich.config import Settings, hint_model


def start_lines() -> tuple[str, str, str]:
    """The vault, the model and the next step: three lines for somebody who has set nothing yet."""
    setup = read_setup(None, {})
    return _vault(setup), _model(setup.settings), _NEXT


def _vault(setup: Setup) -> str:
    if setup.vault is None:
        return f"vault: {NO_VAULT}"
    return f"vault: {setup.vault}; drafts go into its folder {setup.settings.airlock}"


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
