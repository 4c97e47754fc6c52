"""Consent to a ``.env`` with an address of its own: remembered for file and address, and taken back."""

from pathlib import Path

import pytest

from enrich.consent import FILE, Trusted, is_trusted, read_trusted, revoke, trust
from enrich.errors import EnrichError, SettingsError

ONE, OTHER = "https://one.example/v1", "https://other.example/v1"


def test_consent_is_for_one_file_and_one_address(tmp_path: Path) -> None:
    """Another address in the same file, or the same in another file, is asked about again."""
    trust(tmp_path / "state", tmp_path / ".env", ONE)
    trust(tmp_path / "state", tmp_path / ".env", ONE)
    assert read_trusted(tmp_path / "state") == (Trusted(str(tmp_path / ".env"), ONE),)
    assert is_trusted(tmp_path / "state", tmp_path / ".env", ONE)
    assert not is_trusted(tmp_path / "state", tmp_path / ".env", OTHER)
    assert not is_trusted(tmp_path / "state", tmp_path / "b" / ".env", ONE)


def test_consent_taken_back_is_gone_for_every_address_of_the_file(tmp_path: Path) -> None:
    """What was agreed to for other files stays."""
    for file, address in ((".env", ONE), (".env", OTHER), ("b/.env", ONE)):
        trust(tmp_path, tmp_path / file, address)
    assert len(revoke(tmp_path, tmp_path / ".env")) == 2
    assert read_trusted(tmp_path) == (Trusted(str(tmp_path / "b/.env"), ONE),)
    assert revoke(tmp_path, tmp_path / ".env") == ()


@pytest.mark.parametrize("data", [b"", b"{}x", b"[1]", b'[{"file": 1}]', b"[" * 100_000, b"\xff", b"3"])
def test_a_damaged_file_trusts_nothing(tmp_path: Path, data: bytes) -> None:
    """It is named, and not taken for a yes."""
    (tmp_path / FILE).write_bytes(data)
    with pytest.raises(SettingsError, match=r"trusted\.json"):
        is_trusted(tmp_path, tmp_path / ".env", ONE)


def test_what_cannot_be_stored_is_said(tmp_path: Path) -> None:
    """A state folder that is a file ends with a message."""
    (tmp_path / "state").touch()
    with pytest.raises(EnrichError, match=r"trusted\.json"):
        trust(tmp_path / "state", tmp_path / ".env", ONE)
