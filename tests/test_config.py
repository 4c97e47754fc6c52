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
    with pytest.raises(SettingsError, match=r"ENRICH_API_KEY.*drafts without a model"):
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
    with pytest.raises(SettingsError, match="unknown key 'modle'; did you mean model\\?"):
        load_settings({}, tmp_path, None, tmp_path, {})
    write(tmp_path / "config.toml", 'colour = "x"\n')
    with pytest.raises(SettingsError, match=r"unknown key 'colour'; known are .*base_url"):
        load_settings({}, tmp_path, None, tmp_path, {})


@pytest.mark.parametrize(
    ("env", "flags", "said"),
    [
        ({"ENRICH_SEE_ALSO": "note"}, {}, "ENRICH_SEE_ALSO in the environment: is 'note', "),
        ({}, {"see_also": "note"}, "--see-also: is 'note', "),
        ({"ENRICH_TIMEOUT": "2m"}, {}, "ENRICH_TIMEOUT in the environment: is '2m', not a number of seconds"),
        ({"ENRICH_KEEP_RUNS": "-1"}, {}, "ENRICH_KEEP_RUNS in the environment: is -1, not a number of runs"),
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


def foreign(folder: Path, text: str) -> Path:
    """A vault with this .env, which is also the working folder."""
    (folder / "vault" / ".obsidian").mkdir(parents=True, exist_ok=True)
    write(folder / "vault" / ".env", text)
    return folder / "vault"


@pytest.mark.parametrize(
    "address",
    [
        "https://there.example/v1",
        "http://localhost.there.example",
        "http://127.0.0.1.there.example/v1",
        "http://127.0.0.1@there.example/v1",
        "http://there.example\\@127.0.0.1/",
        "http://there.example#@127.0.0.1",
        "http://there.example?@127.0.0.1",
        "https://api.openai.com@there.example/v1",
        "https://api.openai.com.there.example/v1",
        "http://api.openai.com/v1",
        "http://2130706433/",
        "http://0.0.0.0/",
        "http://loc\u0430lhost/",
        "http://there\u0131.example/",
        "file:///there",
    ],
)
@pytest.mark.parametrize("name", ["ENRICH_BASE_URL", "OPENAI_BASE_URL"])
def test_an_address_in_a_strangers_dotenv_needs_consent(tmp_path: Path, name: str, address: str) -> None:
    """Whatever the address pretends to be, nothing is sent before the user has agreed to it."""
    folder = foreign(tmp_path, f"{name}={address}\nENRICH_MODEL=m\nENRICH_API_KEY=k\n")
    with pytest.raises(SettingsError, match=r"enrich trust|set ENRICH_BASE_URL in the environment"):
        load_settings({}, folder, folder, tmp_path, {})


@pytest.mark.parametrize(
    "address",
    ["http://localhost:11434/v1", "http://127.0.0.1/v1", "http://127.1.2.3:80", "http://[::1]:1/v1", DEFAULT_BASE_URL],
)
def test_this_machine_and_the_default_need_none(tmp_path: Path, address: str) -> None:
    """A vault with a local model works as before."""
    folder = foreign(tmp_path, f"ENRICH_BASE_URL={address}\n")
    assert load_settings({}, folder, folder, tmp_path, {}).base_url == address


def test_an_address_of_the_users_own_needs_none(tmp_path: Path) -> None:
    """The same address in the user's config.toml, or another in the environment, which wins."""
    folder = foreign(tmp_path, "ENRICH_BASE_URL=https://there.example/v1/\n")
    write(tmp_path / "config.toml", 'base_url = "https://there.example/v1"\n')
    assert load_settings({}, folder, folder, tmp_path, {})
    (tmp_path / "config.toml").unlink()
    env = {"ENRICH_BASE_URL": "https://mine.example/v1"}
    assert load_settings(env, folder, folder, tmp_path, {}).base_url == "https://mine.example/v1"


def test_consent_is_asked_with_file_and_address(tmp_path: Path) -> None:
    """A yes lets it through; the file is named with its links followed."""
    folder = foreign(tmp_path, "ENRICH_BASE_URL=https://there.example/v1\n")
    asked: list[tuple[Path, str]] = []

    def agree(file: Path, address: str) -> bool:
        asked.append((file, address))
        return True

    settings = load_settings({}, folder, folder, tmp_path, {}, agree)
    assert settings.base_url == "https://there.example/v1"
    assert asked == [((folder / ".env").resolve(), "https://there.example/v1")]


@pytest.mark.parametrize("value", ["./m", "/m", "~/m", "../m", ".\\m"])
def test_a_strangers_dotenv_loads_no_model_of_a_folder(tmp_path: Path, value: str) -> None:
    """A model in a folder is read by programs that trust it; one of the user's own is loaded."""
    folder = foreign(tmp_path, f"ENRICH_EMBEDDINGS='{value}'\n")
    with pytest.raises(SettingsError, match="which is not loaded because this file lies in a vault"):
        load_settings({}, folder, folder, tmp_path, {}, lambda *_what: True)
    write(tmp_path / "own" / ".env", f"ENRICH_EMBEDDINGS='{value}'\n")
    assert load_settings({}, tmp_path / "own", None, tmp_path, {}).embeddings == value


def test_a_strangers_dotenv_removes_no_runs(tmp_path: Path) -> None:
    """ENRICH_KEEP_RUNS=1 in a downloaded folder would prune what the user keeps."""
    folder = foreign(tmp_path, "ENRICH_KEEP_RUNS=1\n")
    with pytest.raises(SettingsError, match="removes run folders of yours"):
        load_settings({}, folder, folder, tmp_path, {})


@pytest.mark.parametrize(
    "line",
    [
        "ENRICH_TIMEOUT=1e300",
        "ENRICH_TIMEOUT=nan",
        "ENRICH_TIMEOUT=inf",
        "ENRICH_TIMEOUT=0",
        "ENRICH_KEEP_RUNS=" + "9" * 5000,
        "ENRICH_KEEP_RUNS=1.5",
        "ENRICH_KEEP_RUNS=0",
        "ENRICH_AIRLOCK=../x",
        "ENRICH_AIRLOCK=a/../../x",
        "ENRICH_AIRLOCK=/tmp",
        "ENRICH_AIRLOCK=.obsidian/plugins",
        "ENRICH_AIRLOCK=.",
        "ENRICH_AIRLOCK=CON/x",
        "ENRICH_AIRLOCK='a\\b'",
        'ENRICH_AIRLOCK="a\\nb"',
        "ENRICH_SEE_ALSO=x",
        "ENRICH_RELATED_HEADING=<script>",
        'ENRICH_RELATED_HEADING="a\\nb"',
        'ENRICH_MODEL="a\\nb"',
        'ENRICH_API_KEY="secret\\nb"',
        "ENRICH_API_KEY=secr\u00e9t",
    ],
)
def test_a_value_that_is_none_is_named_by_its_key(tmp_path: Path, line: str) -> None:
    """Each is a message with the setting's name and file, and a key's value is in none."""
    write(tmp_path / ".env", line + "\n")
    key = line.partition("=")[0]
    with pytest.raises(SettingsError, match=rf"^{key} in \.env: ") as raised:
        load_settings({}, tmp_path, None, tmp_path, {})
    assert "secr" not in str(raised.value)
    assert len(str(raised.value)) < 300


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("arlock = 'x'", "line 2: unknown key 'arlock'; did you mean airlock?"),
        ("airlock = 3", "line 2: airlock is 3, not text"),
        ("airlock = '../x'", "line 2: airlock is '../x', in which '..' is no name"),
        ("quartz_ignore = ['a', 3]", "line 2: quartz_ignore is ['a', 3], not a list of texts"),
        ("base_url = 'x'", "line 2: 'base_url' cannot be set here"),
        ("keep_runs = 1", "line 2: 'keep_runs' cannot be set here"),
        ("a = " + "[" * 5000, "nests too deeply (at line 2)"),
    ],
)
def test_a_mistake_in_the_vaults_settings_names_line_and_key(tmp_path: Path, text: str, said: str) -> None:
    """The vault's config.toml is held to the same form as a type.toml."""
    write(tmp_path / ".enrich" / "config.toml", f"\n{text}\n")
    with pytest.raises(SettingsError) as raised:
        load_settings({}, tmp_path / "none", tmp_path, tmp_path / "user", {})
    assert said in str(raised.value)


def test_home_and_vault_are_not_read_from_a_dotenv(tmp_path: Path) -> None:
    """A folder cannot aim a command at the user's vault, or move the user's own files."""
    write(tmp_path / ".env", "ENRICH_HOME=/there\nENRICH_VAULT=/there\nHTTPS_PROXY=http://there.example\n")
    assert load_settings({}, tmp_path, None, tmp_path, {}).origins == {}
