"""``enrich doctor`` and ``enrich config show``: for somebody who wonders why it does not work."""

import json
from pathlib import Path

from tests.commands.here import run_here
from tests.llm.endpoint import Answer, endpoint

KEY = "sk-of-a-doctor-0815"


def environment(vault: Path, **more: str) -> dict[str, str]:
    """Settings of one user."""
    return {"PATH": "/usr/bin:/bin", "ENRICH_HOME": str(vault.parent / "home"), "ENRICH_VAULT": str(vault), **more}


def states(vault: Path, **more: str) -> tuple[int, dict[str, tuple[str, str]]]:
    """The exit code, and of each thing that was looked at its state and what was said."""
    done = run_here(["doctor", "--json"], environment(vault, **more), folder=vault.parent)
    rows = map(json.loads, done.stdout.splitlines())
    assert KEY not in done.stdout + done.stderr
    return done.returncode, {row["name"]: (row["state"], row["said"]) for row in rows}


def test_a_vault_without_a_model_is_well(vault: Path) -> None:
    """Nothing is wrong: the vault, its types and folders are named, and what is not set is a note."""
    code, rows = states(vault)
    assert code == 0
    assert rows["vault"][0] == "ok"
    assert "82 notes" in rows["vault"][1]
    assert rows["index"][0] == "ok"
    assert rows["key"][0] == rows["model"][0] == "note"
    assert not {"bad"} & {state for state, _ in rows.values()}


def test_a_model_without_a_key_is_told(vault: Path) -> None:
    """Exit 3, and the row says which variable is missing."""
    code, rows = states(vault, ENRICH_MODEL="m")
    assert code == 3
    assert rows["key"][0] == "bad"
    assert "ENRICH_API_KEY" in rows["key"][1]


def test_an_endpoint_that_answers_is_told_from_one_that_is_not_there(vault: Path) -> None:
    """The endpoint is asked for its models; the key shows in no row."""
    models = Answer(body={"object": "list", "data": [{"id": "m"}, {"id": "n"}]})
    with endpoint(models, models) as asked:
        sets = {"ENRICH_BASE_URL": asked.url, "ENRICH_API_KEY": KEY}
        code, rows = states(vault, ENRICH_MODEL="m", **sets)
        assert (code, rows["endpoint"][0]) == (0, "ok")
        code, rows = states(vault, ENRICH_MODEL="other", **sets)
        assert (code, rows["endpoint"][0]) == (0, "note")
        assert "does not list other among m, n" in rows["endpoint"][1]
    code, rows = states(vault, ENRICH_MODEL="m", **sets)
    assert (code, rows["endpoint"][0]) == (3, "bad")


def test_config_show_says_where_each_value_was_read(vault: Path) -> None:
    """Environment, the vault's file and defaults are told apart; of the key only that it is set."""
    (vault / ".enrich").mkdir(exist_ok=True)
    (vault / ".enrich" / "config.toml").write_text('airlock = "Inbox"\n', "utf-8")
    env = environment(vault, ENRICH_MODEL="m", ENRICH_API_KEY=KEY)
    done = run_here(["config", "show", "--origin"], env, folder=vault.parent)
    assert done.returncode == 0
    assert 'model = "m"  # environment' in done.stdout
    assert f'airlock = "Inbox"  # {vault}/.enrich/config.toml' in done.stdout
    assert 'see_also = "notes"  # default' in done.stdout
    assert 'api_key = "set"  # environment' in done.stdout
    assert KEY not in done.stdout + done.stderr
