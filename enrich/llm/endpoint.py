"""An endpoint: where a model is asked, with which key, and how long we are patient with it."""

import ipaddress
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from enrich.llm.completion import EndpointError, Origin

SHORTEST_SECRET = 8
PLACEHOLDER_KEYS = frozenset({"lm-studio", "not-needed", "no-key-required", "sk-no-key-required", "placeholder"})
"""What people write where a local server wants a key but looks at none: words, not secrets."""


@dataclass(frozen=True)
class Patience:
    """How often and how long an endpoint is tried. Seconds throughout."""

    tries: int = 4
    """Requests for one answer, the first one included."""
    total: float = 180.0
    """All tries and the waits between them; an endpoint that asks for a longer wait is not waited for."""
    connect: float = 10.0
    read: float = 120.0
    """Between two pieces of an answer; a reasoning model may be silent for a long time."""
    answer: float = 600.0
    """One answer from sending to its last byte, however slowly it drips."""


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
    patience: Patience = Patience()

    def __post_init__(self) -> None:
        parts = urlsplit(self.base_url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            shown = re.sub(r"//[^/@]*@", "//", redact(self.base_url, self.api_key))
            raise EndpointError(
                f"base URL {shown!r}: is not an http or https address; "
                "set ENRICH_BASE_URL to one such as https://api.openai.com/v1"
            )

    @property
    def host(self) -> str:
        """Host and, where it is given, port; never user or password."""
        parts = urlsplit(self.base_url)
        name = parts.hostname or ""
        name = f"[{name}]" if ":" in name else name
        return f"{name}:{parts.port}" if parts.port else name

    @property
    def name(self) -> str:
        """Address and model: what the endpoint's abilities are remembered by."""
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{self.host}{parts.path.rstrip('/')} {self.model}"

    @property
    def origin(self) -> Origin:
        """Whether the answer comes from this machine."""
        return "loopback" if is_loopback(urlsplit(self.base_url).hostname or "") else "provider"


def is_loopback(host: str) -> bool:
    """Whether ``host`` names this machine without a look-up."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def redact(text: str, api_key: str) -> str:
    """``text`` without the key. Short keys and placeholders are words that an answer may need, so they stay."""
    if len(api_key) < SHORTEST_SECRET or api_key.lower() in PLACEHOLDER_KEYS:
        return text
    return text.replace(api_key, "[key]")
