"""Endpoints: addresses, who answers there, and what may be said of the key."""

import pytest

from enrich.llm.completion import EndpointError
from enrich.llm.endpoint import Endpoint, is_loopback
from enrich.llm.secret import Secret


@pytest.mark.parametrize("url", ["", "api.openai.com/v1", "ftp://x.example/v1", "http:///v1"])
def test_unusable_addresses_are_refused_before_anything_is_sent(url: str) -> None:
    """A mistyped address is named together with its setting."""
    with pytest.raises(EndpointError, match="ENRICH_BASE_URL"):
        Endpoint(url, "m")


def test_password_in_an_unusable_address_is_not_repeated() -> None:
    """A mistyped address with a password in it ends in a message that can be shown around."""
    with pytest.raises(EndpointError) as caught:
        Endpoint("ftp://me:secret@x.example/v1", "m")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "host", "origin"),
    [
        ("https://api.openai.com/v1", "api.openai.com", "provider"),
        ("http://localhost:11434/v1", "localhost:11434", "loopback"),
        ("http://127.8.9.1/v1", "127.8.9.1", "loopback"),
        ("http://[::1]:8080/v1", "[::1]:8080", "loopback"),
        ("https://user:secret@models.example:444/v1?key=1", "models.example:444", "provider"),
    ],
)
def test_host_and_origin_say_who_answers(url: str, host: str, origin: str) -> None:
    """A report tells a service from a server on this machine, and shows no password of the address."""
    endpoint = Endpoint(url, "m")
    assert (endpoint.host, endpoint.origin) == (host, origin)
    assert "secret" not in endpoint.name


def test_names_that_look_local_are_not() -> None:
    """A host that only begins like this machine's is a provider."""
    assert not is_loopback("localhost.example.com")
    assert not is_loopback("127.0.0.1.example.com")


def test_key_is_not_shown_by_the_endpoint() -> None:
    """Printing an endpoint while looking for a bug does not print the key."""
    assert "sk-abcdefgh" not in repr(Endpoint("https://x.example/v1", "m", "sk-abcdefgh"))


@pytest.mark.parametrize("key", ["", "any", "ollama", "lm-studio"])
def test_placeholders_are_words_not_secrets(key: str) -> None:
    """An article about Ollama keeps its name although the key of the local server is that word."""
    assert Secret(key).remove(f"a note on {key} servers") == f"a note on {key} servers"
