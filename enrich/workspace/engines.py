"""Who is asked: the engine of an endpoint as the settings have it, and the model of vectors."""

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from enrich.config import Settings, names_folder, require_key
from enrich.errors import SettingsError

if TYPE_CHECKING:
    from enrich.links.meaning import Embedder
    from enrich.llm.budget import Meter
    from enrich.llm.client import LiveEngine

# The client of an endpoint takes half a second to import, and most verbs ask nobody.


def open_engine(settings: Settings, state: Path, meter: "Meter", why: str = "", model: str = "") -> "LiveEngine":
    """The engine that asks ``model``, else the configured one, as patient as the settings say.

    SettingsError without a model, for the option ``why``, or without a key.
    """
    from enrich.llm.budget import ANSWER_TOKENS
    from enrich.llm.client import LiveEngine
    from enrich.llm.endpoint import Endpoint, Patience

    model = model or settings.model
    if not model:
        raise SettingsError(f"{why or 'model'}: no model is set; name one with -m MODEL or ENRICH_MODEL")
    require_key(replace(settings, model=model))
    # Who waits a shorter time for a sign of life does not wait ten minutes for a server that only gives such signs.
    patience = Patience(
        read=settings.timeout,
        total=max(Patience().total, 1.5 * settings.timeout),
        answer=max(60.0, 5 * settings.timeout),
    )
    endpoint = Endpoint(
        settings.base_url,
        model,
        settings.api_key,
        max_tokens=ANSWER_TOKENS if meter.is_limited else None,
        patience=patience,
    )
    return LiveEngine(endpoint, state / "endpoints.json", meter=meter)


def open_embedder(settings: Settings, meter: "Meter") -> "Embedder":
    """A folder of this machine when the setting is written as a path, else a model of the endpoint."""
    if names_folder(settings.embeddings):
        from enrich.llm.local_embedding import LocalEmbedder

        return LocalEmbedder(Path(settings.embeddings).expanduser())
    from enrich.llm.embedder import EndpointEmbedder
    from enrich.llm.endpoint import Endpoint, Patience

    # suggestions do not wait for longer
    patience = Patience(tries=3, total=60.0, read=min(60.0, settings.timeout), answer=120.0)
    endpoint = Endpoint(settings.base_url, settings.embeddings, settings.api_key, patience=patience)
    return EndpointEmbedder(endpoint, meter=meter)
