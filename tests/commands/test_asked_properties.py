"""Properties that a model is asked for: in the prompt, the note, a second request, ``check`` and ``fill``."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from enrich.vault.yaml_versions import load_yaml_1_2
from tests.commands.here import run_here
from tests.commands.newsroom import Newsroom, newsroom

TABLE = """
name = "clip"
h1 = true
[match]
properties = { type = "clip" }
[[property]]
key = "type"
writer = "constant"
value = "clip"
[[property]]
key = "for whom"
writer = "model"
about = "who should know this: a kind of reader"
[[property]]
key = "companies"
form = "list"
writer = "model"
about = "every company that is named."
[[property]]
key = "price"
form = "number"
writer = "model"
about = "what one unit costs, in dollars"
[[property]]
key = "rating"
form = "number"
writer = "model"
evidence = "none"
about = "how much it matters, from 1 to 5"
[[property]]
key = "restricted"
form = "flag"
writer = "model"
about = "whether a licence restricts its use"
[[property]]
key = "shipped"
form = "date"
writer = "model"
optional = true
about = "the day on which it ships"
[[property]]
key = "announced at"
form = "datetime"
writer = "model"
[[property]]
key = "near"
form = "link"
writer = "model"
about = "the one note that it goes on from"
[[property]]
key = "others"
form = "links"
writer = "model"
[[property]]
key = "page"
form = "url"
writer = "model"
about = "where the firm has more"
[[property]]
key = "fields"
form = "tags"
writer = "model"
about = "the fields of engineering that it is of"
[[section]]
name = "lead"
shape = "sentences"
items = [1, 3]
"""
TEMPLATE = "---\n{{ front }}---\n\n# {{ title }}\n\n{{ body.lead }}\n"


def one(value: Any, evidence: str | None = None) -> dict[str, Any]:
    """A value of an answer."""
    return {"value": value, "evidence": evidence}


def values(*rows: dict[str, Any]) -> dict[str, Any]:
    """What an answer says of a property."""
    return {"values": list(rows)}


RIGHT = {
    "for whom": values(one("people who build *robots*: small shops", "priced it at $1,900 a unit")),
    "companies": values(one("Norwick Robotics", "Norwick Robotics"), one("Calder Motion", "A rival, Calder Motion")),
    "price": values(one(1900.0, "priced it at $1,900 a unit")),
    "rating": values(one(4)),
    "restricted": values(one(True, "must accept a licence that forbids use in weapons")),
    "shipped": values(),
    "announced at": values(),
    "near": values(one("n1")),
    "others": values(one("n1"), one("n2"), one("n1")),
    "page": values(),
    "fields": values(one("Motor Control"), one("robotics")),
}
LEAD = {
    "sentences": [{"text": "The firm sells a controller.", "evidence": "released the Heron 2 controller", "link": None}]
}


def answer(**changes: Any) -> dict[str, Any]:
    """An answer by the keys of the schema; keys of properties with ``_`` for blanks."""
    said = RIGHT | {key.replace("_", " "): value for key, value in changes.items()}
    return {"lead": LEAD} | {f"{key} (property)": value for key, value in said.items()}


@pytest.fixture
def room() -> Iterator[Newsroom]:
    """Pages and a model."""
    with newsroom() as made:
        yield made


@pytest.fixture
def vault(vault: Path) -> Path:
    """The fixture vault with the type."""
    folder = vault / ".enrich" / "prompts" / "clip"
    folder.mkdir(parents=True)
    (folder / "type.toml").write_text(TABLE, "utf-8")
    (folder / "note.md.j2").write_text(TEMPLATE, "utf-8")
    return vault


def run(room: Newsroom, vault: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command that asks the room's model."""
    return run_here([*arguments, "--allow-private"], room.env(vault.parent / "home"))


def draft(room: Newsroom, vault: Path, *more: str, **changes: Any) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A draft of the type by what the model says."""
    room.says = answer(**changes)
    done = run(room, vault, "draft", "--vault", str(vault), "-t", "clip", "--no-reader", *more, room.page(1))
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip()), done


def front(note: Path) -> dict[str, Any]:
    """The front matter as Obsidian reads it."""
    return dict(load_yaml_1_2(note.read_text("utf-8").split("---\n")[1]))


def test_ten_kinds_of_properties_are_asked_for_and_written(room: Newsroom, vault: Path) -> None:
    """Each is named in the prompt with its form and what it is for, is bound by the schema, and stands in the note."""
    note, _ = draft(room, vault)
    body = room.requests[0]
    told = body["messages"][0]["content"]
    assert "## `for whom (property)`" in told
    assert "who should know this: a kind of reader: words, or one sentence, as the article states it.\n" in told
    assert "how much it matters, from 1 to 5: a number alone, without its unit, your own judgement" in told
    schema = body["response_format"]["json_schema"]["schema"]["properties"]
    links = schema["others (property)"]["properties"]["values"]["items"]["properties"]["value"]
    assert links["enum"][:2] == ["n1", "n2"]
    lines = note.read_text("utf-8")
    assert lines.startswith(
        '---\ntype: clip\nfor whom: "people who build robots: small shops"\ncompanies:\n  - Aldham Robotics\n'
        '  - Calder Motion\nprice: 1900\nrating: 4\nrestricted: true\nannounced at:\nnear: "[['
    )
    found = front(note)
    assert len(found["others"]) == 2
    assert found["others"][0] == found["near"]
    assert all((vault / "Notes").rglob(f"{name.strip('[]')}.md") for name in found["others"])
    assert (found["page"], found["fields"], "shipped" in found) == (None, ["motor-control", "robotics"], False)


WRONG = {
    "price": (values(one(2100, "priced it at $1,900 a unit")), None, "number 2100 is not in the source"),
    "shipped": (values(one("in March")), None, "'in March' is not a date YYYY-MM-DD"),
    "announced_at": (values(one("Tuesday")), None, "'Tuesday' is not a date with its time"),
    "restricted": (values(one(True)), None, "no words of the source are named for it"),
    "page": (values(one("https://evil.example/x")), None, "https://evil.example/x is not in the source"),
    "companies": (values(one("Umbrella")), ["Umbrella ==[unverified: Umbrella]=="], "name Umbrella"),
    "for_whom": (values(one("77 wards of Oslo")), "77 wards of Oslo ==[unverified: 77, Oslo]==", "number 77"),
}
WRONG_TOO = {
    "shipped": (values(one("2023-03-09", "ships to 12 countries in March")), None, "2023-03-09 is not in the source"),
    "restricted": (values(one(False, "the board sings")), None, "words given as evidence are not in the source"),
    "page": (values(one("javascript:alert(1)")), None, "'javascript:alert(1)' is not a web address"),
}


@pytest.mark.parametrize("wrong", [WRONG, WRONG_TOO])
def test_what_is_wrong_goes_back_to_the_writer_and_not_into_the_note(
    room: Newsroom, vault: Path, wrong: dict[str, tuple[dict[str, Any], Any, str]]
) -> None:
    """What is not the source's, or not in its form, is asked for again; then left out, or marked where it is words."""
    note, done = draft(room, vault, "-v", **{key: given for key, (given, _, _) in wrong.items()})
    again = room.requests[1]
    asked = set(again["response_format"]["json_schema"]["schema"]["properties"])
    assert asked == {f"{key.replace('_', ' ')} (property)" for key in wrong}
    found = front(note)
    for key, (_, kept, said) in wrong.items():
        assert said in again["messages"][-1]["content"]
        assert said in done.stderr
        assert found.get(key.replace("_", " ")) == kept


def test_without_a_model_they_are_left_to_the_person(room: Newsroom, vault: Path) -> None:
    """The no-model engine leaves them empty and says so, and the note keeps its type's rules."""
    env = {"PATH": "/usr/bin:/bin", "ENRICH_HOME": str(vault.parent / "home")}
    done = run_here(["draft", "--vault", str(vault), "-t", "clip", "--strict", "--allow-private", room.page(1)], env)
    assert done.returncode == 0, done.stderr
    assert "left to you: for whom, companies, price" in done.stderr
    assert front(Path(done.stdout.strip()))["price"] is None


def test_check_holds_the_values_against_the_source_later(room: Newsroom, vault: Path) -> None:
    """A number that somebody changes in the front matter is found, and so is a value in another form."""
    note, _ = draft(room, vault)
    rows = json.loads(run(room, vault, "check", str(note), "--json").stdout)["sentences"]
    judged = {row["text"]: row["verdict"] for row in rows if row["section"].endswith("(property)")}
    assert judged["price: 1900"] == "unread"
    assert judged["rating: 4"] == "unread"
    note.write_text(note.read_text("utf-8").replace("price: 1900", "price: 2900").replace("rating: 4", "rating: high"))
    done = run(room, vault, "check", str(note))
    assert done.returncode == 6
    assert "price: 2900" in done.stdout + done.stderr
    assert "rating is 'high', not a number" in done.stdout + done.stderr


def test_fill_writes_the_property_that_is_missing(room: Newsroom, vault: Path) -> None:
    """A required one without a value is asked for, alone; one that is named is written anew, and no other byte."""
    note, _ = draft(room, vault)
    whole = note.read_bytes()
    note.write_bytes(whole.replace(b"price: 1900", b"price:").replace(b"rating: 4", b"rating: 2"))
    asked = len(room.requests)
    done = run(room, vault, "fill", str(note), "--property", "price", "--property", "rating", "--apply", "--no-reader")
    assert done.returncode == 0, done.stderr
    body = room.requests[asked]["response_format"]["json_schema"]["schema"]
    assert list(body["properties"]) == ["price (property)", "rating (property)"]
    assert note.read_bytes() == whole
    wrong = run(room, vault, "fill", str(note), "--property", "prize")
    assert (wrong.returncode, "did you mean price?" in wrong.stderr) == (2, True)
