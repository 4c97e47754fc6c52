"""Settings: the order of sources, and the two ways a vault or a folder could steal a key."""

from pathlib import Path

import pytest

from enrich.config import DEFAULT_BASE_URL, VARIABLES, hint_model, load_settings, require_key
from enrich.errors import SettingsError


def write(path: Path, text: str) -> None:
    """A file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_flag_beats_environment_beats_dotenv_beats_vault_beats_user(tmp_path: Path) -> None:
    """A user can predict which of five places wins."""
    vault, user = tmp_path / "vault", tmp_path / "config"
    write(tmp_path / ".env", "ENRICH_TYPE=from-dotenv\nENRICH_SEE_ALSO=notes\nENRICH_AIRLOCK=Dotenv\n")
    write(vault / ".enrich" / "config.toml", 'type = "from-vault"\nairlock = "Vault"\nquartz_ignore = ["drafts"]\n')
    write(user / "config.toml", 'model = "user-model"\nairlock = "User"\n')
    settings = load_settings({"ENRICH_TYPE": "from-env"}, tmp_path, vault, user, {"type": "from-flag", "model": None})
    assert settings.type == "from-flag"
    assert settings.see_also == "notes"
    assert settings.airlock == "Dotenv"
    assert settings.quartz_ignore == ("drafts",)
    assert settings.model == "user-model"
    assert settings.base_url == DEFAULT_BASE_URL
    assert settings.origins["type"] == "flag"


def test_openai_key_is_the_fallback(tmp_path: Path) -> None:
    """Who has OPENAI_API_KEY set needs nothing else, and ENRICH_API_KEY wins over it."""
    both = {"ENRICH_API_KEY": "one", "OPENAI_API_KEY": "two"}
    assert load_settings(both, tmp_path, None, tmp_path, {}).api_key == "one"
    del both["ENRICH_API_KEY"]
    assert load_settings(both, tmp_path, None, tmp_path, {}).api_key == "two"


@pytest.mark.parametrize("line", ['model = "x"', 'base_url = "http://evil.example"', 'api_key = "x"'])
def test_a_vault_may_not_name_model_address_or_key(tmp_path: Path, line: str) -> None:
    """A vault that was downloaded cannot send the user's articles or key elsewhere."""
    write(tmp_path / ".enrich" / "config.toml", line)
    with pytest.raises(SettingsError, match="cannot be set here"):
        load_settings({}, tmp_path, tmp_path, tmp_path / "none", {})


def test_a_dotenv_address_gets_no_key_from_the_environment(tmp_path: Path) -> None:
    """A folder's .env that names an address is not given the key of the user's shell."""
    write(tmp_path / ".env", "ENRICH_BASE_URL=http://evil.example/v1\n")
    with pytest.raises(SettingsError, match=r"\.env: names a base URL"):
        load_settings({"OPENAI_API_KEY": "secret"}, tmp_path, None, tmp_path / "none", {})


def test_missing_key_names_both_remedies(tmp_path: Path) -> None:
    """Who sets a model and forgets the key is told both ways out."""
    settings = load_settings({"ENRICH_MODEL": "m"}, tmp_path, None, tmp_path, {})
    with pytest.raises(SettingsError, match=r"ENRICH_API_KEY.*unset ENRICH_MODEL"):
        require_key(settings)


def test_key_is_not_in_the_settings_repr(tmp_path: Path) -> None:
    """A traceback or a log of settings shows no key."""
    settings = load_settings({"ENRICH_API_KEY": "sk-secret"}, tmp_path, None, tmp_path, {})
    assert "sk-secret" not in repr(settings)


@pytest.mark.parametrize(
    "text", ["airlock = 3", "type = [", "unknown = 1", 'quartz_ignore = "private"', "timeout = -1", "keep_runs = 0"]
)
def test_a_damaged_file_is_named(tmp_path: Path, text: str) -> None:
    """A mistake in config.toml is a message with the file's name, not a traceback."""
    write(tmp_path / "config.toml", text)
    with pytest.raises(SettingsError, match=r"config\.toml"):
        load_settings({}, tmp_path, None, tmp_path, {})


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("ENRICH_MODLE", "ENRICH_MODEL"), ("ENRICH_BASEURL", "ENRICH_BASE_URL"), ("ENRICH_KEY", "ENRICH_API_KEY"),
        ("ENRICH_VALUT", "ENRICH_VAULT"), ("ENRICH_TIME_OUT", "ENRICH_TIMEOUT"), ("enrich_model", "ENRICH_MODEL"),
    ],
)  # fmt: skip
def test_a_misspelt_setting_names_the_nearest(tmp_path: Path, name: str, meant: str) -> None:
    """A typing error would otherwise draft with another model than was meant, without a word."""
    with pytest.raises(SettingsError, match=f"{name} in the environment: is no setting; did you mean {meant}"):
        load_settings({name: "x"}, tmp_path, None, tmp_path, {})
    write(tmp_path / ".env", f"{name}=x\n")
    with pytest.raises(SettingsError, match=rf"{name} in \.env: is no setting; did you mean {meant}"):
        load_settings({}, tmp_path, None, tmp_path, {})


def test_a_variable_like_no_setting_is_somebody_elses(tmp_path: Path) -> None:
    """Another program may have a name that begins alike."""
    assert load_settings({"ENRICH_BIN": "x", "ENRICHED": "y", "MODLE": "z"}, tmp_path, None, tmp_path, {}).model == ""


def test_a_misspelt_key_of_the_file_names_the_nearest(tmp_path: Path) -> None:
    """So in config.toml; a key like none is answered with those that there are."""
    write(tmp_path / "config.toml", 'modle = "x"\n')
    with pytest.raises(SettingsError, match="'modle' cannot be set here; did you mean model"):
        load_settings({}, tmp_path, None, tmp_path, {})
    write(tmp_path / "config.toml", 'colour = "x"\n')
    with pytest.raises(SettingsError, match="only these can: airlock, base_url"):
        load_settings({}, tmp_path, None, tmp_path, {})


@pytest.mark.parametrize(
    ("env", "flags", "said"),
    [
        ({"ENRICH_SEE_ALSO": "note"}, {}, "ENRICH_SEE_ALSO in the environment: 'note' is not known"),
        ({}, {"see_also": "note"}, "--see-also: 'note' is not known"),
        ({"ENRICH_TIMEOUT": "2m"}, {}, "ENRICH_TIMEOUT in the environment: '2m' is not a number of seconds"),
        ({"ENRICH_KEEP_RUNS": "-1"}, {}, "ENRICH_KEEP_RUNS in the environment: '-1' is not a number of runs"),
    ],
)
def test_a_wrong_value_is_named_as_the_user_wrote_it(
    tmp_path: Path, env: dict[str, str], flags: dict[str, str], said: str
) -> None:
    """The message names the variable or option, not our word for it."""
    with pytest.raises(SettingsError, match=said):
        load_settings(env, tmp_path, None, tmp_path, flags)


def test_a_key_without_a_model_says_how_to_name_one(tmp_path: Path) -> None:
    """Who has set a key expects a model; who asks for none with -m "" is left in peace."""
    key = {"OPENAI_API_KEY": "sk-0123456789"}
    assert "-m gpt-4o-mini" in hint_model(load_settings(key, tmp_path, None, tmp_path, {}))
    assert hint_model(load_settings(key, tmp_path, None, tmp_path, {"model": ""})) == ""
    assert hint_model(load_settings({}, tmp_path, None, tmp_path, {})) == ""


def test_every_setting_is_in_the_example_file() -> None:
    """.env.example documents each variable that the tool reads."""
    example = (Path(__file__).parent.parent / ".env.example").read_text("utf-8")
    for names in VARIABLES.values():
        for name in names:
            assert name in example
