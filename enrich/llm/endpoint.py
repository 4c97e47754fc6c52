"""An endpoint: where a model is asked, with which key, and how long we are patient with it."""

import ipaddress
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from msgspec import Struct

from enrich.llm.completion import EndpointError, Origin
from enrich.llm.secret import Secret
from enrich.text.quoted import quote

LONGEST_ADDRESS = 2_000
"""Characters of a base URL. By hand: what is longer is no address of an endpoint."""


class Patience(Struct, frozen=True):
    """How often and how long an endpoint is tried. Seconds throughout."""

    tries: int = 4
    """Requests for one answer, the first one included."""
    total: float = 180.0
    """All tries and the waits between them; an endpoint that asks for a longer wait is not waited for."""
    connect: float = 10.0
    read: float = 120.0
    """Between two pieces of an answer; a reasoning model may be silent for a long time."""
    answer: float = 600.0
    """One answer from the look-up of the endpoint's name to its last byte, with all tries and the waits between them,
    however slowly it drips."""


@dataclass(frozen=True)
class Endpoint:
    """An OpenAI-compatible endpoint and the model to ask there. Nothing of it is read from the environment."""

    base_url: str
    """With the version, without the method: ``https://api.openai.com/v1``."""
    model: str
    api_key: str = field(default="", repr=False)
    """Empty: no authorisation is sent."""
    temperature: float | None = None
    """None: the endpoint's default."""
    max_tokens: int | None = None
    """The longest answer that is paid for, reasoning included. None: the endpoint's default."""
    patience: Patience = field(default_factory=Patience)

    def __post_init__(self) -> None:
        if not _is_usable(self.base_url):
            shown = quote(re.sub(r"//[^/@]*@", "//", self.secret.remove(self.base_url)))
            raise EndpointError(
                f"base URL {shown!r}: is not an http or https address; "
                "set ENRICH_BASE_URL to one such as https://api.openai.com/v1"
            )

        if not (self.api_key.isascii() and self.api_key.isprintable()):
            raise EndpointError(
                "API key: holds characters that no key has; set ENRICH_API_KEY (or OPENAI_API_KEY) to the key alone"
            )

    @property
    def secret(self) -> Secret:
        """The key, for what may not hold it."""
        return Secret(self.api_key)

    @property
    def host(self) -> str:
        """Host and, where it is given, port; never user or password."""
        parts = urlsplit(self.base_url)
        name = parts.hostname or ""
        name = f"[{name}]" if ":" in name else name
        return f"{name}:{parts.port}" if parts.port else name

    @property
    def name(self) -> str:
        """Address and model: what the endpoint's capabilities are remembered by."""
        parts = urlsplit(self.base_url)
        return self.secret.remove(f"{parts.scheme}://{self.host}{parts.path.rstrip('/')} {self.model}")

    @property
    def origin(self) -> Origin:
        """Whether the answer comes from this machine."""
        return "loopback" if is_loopback(urlsplit(self.base_url).hostname or "") else "provider"


def _is_usable(url: str) -> bool:
    if len(url) > LONGEST_ADDRESS:
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0 and url.isprintable()
    except ValueError:
        return False


def is_loopback(host: str) -> bool:
    """Whether ``host`` names this machine without a look-up."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
