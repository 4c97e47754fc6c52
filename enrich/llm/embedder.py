"""What turns texts into vectors: an endpoint. Light to import: who asks for none does not wait for a client."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from enrich.llm.endpoint import Endpoint

if TYPE_CHECKING:
    from enrich.llm.budget import Meter
    from enrich.llm.transport import Clock

Vector = Sequence[float]


class EndpointEmbedder:
    """Asks an OpenAI-compatible endpoint. What it is given leaves this machine, unless the endpoint is on it."""

    def __init__(self, endpoint: Endpoint, clock: "Clock | None" = None, meter: "Meter | None" = None) -> None:
        self.endpoint, self.clock, self.meter = endpoint, clock, meter

    @property
    def name(self) -> str:
        """Model and address: vectors of different names cannot be compared."""
        return self.endpoint.name

    @property
    def destination(self) -> str:
        """The host that the texts go to; empty when that is this machine."""
        return "" if self.endpoint.origin == "loopback" else self.endpoint.host

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """A vector for each text, in order. ModelError when the endpoint gives none; long texts are cut."""
        from enrich.llm.embedding import ask_vectors
        from enrich.llm.transport import Clock

        return ask_vectors(texts, self.endpoint, self.clock or Clock(), self.meter)
