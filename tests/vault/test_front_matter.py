"""Front matter of any shape."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.vault.front_matter import LARGEST, read_front_matter, read_plain, salvage
from enrich.vault.front_matter import _read_yaml as read_yaml  # what the plain reader is held to
from enrich.vault.scalar import Value

VALUES = [
    *"x 2020 foo's (x) a/b true ~ yes [] 'x' \"x\" x: 2020-01-01 = << | >- *a %x @x é".split(),
    *('[[x]] "[[x]]" - -x ... ---x'.split()),
    *("", "foo bar", "[a, b]", "[a b,c -d]", "[a., /b]", "- x", "a: b", "a #b", '"a: b"', "&a b", "!t x", "{a: b}"),
    *("x # c", "# c", '"a b" # c', "[a, b] # c", "x #", "x  #a: b", "'#' #'", "x\t# c", "# c: d # e"),
    *('"a \\"b\\""', "'it''s'", "''" + "''", '"\\\\"', '"a\\n"', '"a\\"', "'a''"),
    *("? x", "a\tb", "\u00a0", "a\u2028b", "a\x85b", "\x07"),
]
KEYS = st.sampled_from(["a", "b", "c c", "d-e", "_f", "é", "标题", "true", "null", "2a", "a.b"])
values = st.sampled_from(VALUES) | st.text(st.characters(codec="utf-8"), max_size=5)
pairs = st.builds("{}: {}\n".format, KEYS, values)
lists = st.builds(
    lambda key, margin, items: f"{key}:\n" + "".join(f"{margin}- {item}\n" for item in items),
    KEYS, st.sampled_from(["", " ", "  "]), st.lists(values, max_size=3),
)  # fmt: skip
odd = st.sampled_from(["\n", "  more\n", "a:b\n", "# x\n", "-\n", "a:  x \n", "\ta: b\n", "- x\n", "a:\n"])


def read(body: str) -> tuple[dict[str, Value], str]:
    """The values of front matter with ``body``, and what is wrong with it."""
    matter = read_front_matter(f"---\n{body}---\n")
    return dict(matter.values), matter.error


@given(st.lists(pairs | lists | odd, max_size=4).map("".join), st.sampled_from(["\n", "\r\n", "\r"]))
def test_the_plain_reader_gives_what_yaml_gives(body: str, ending: str) -> None:
    """Most notes are read without a YAML parser; a note must not mean something else because of it."""
    body = body.replace("\n", ending)
    plain = read_plain(body)
    if plain is not None:
        assert (plain, "") == tuple(read_yaml(body))


@pytest.mark.parametrize(
    "body",
    [
        "a: b\n",
        "a: 'x y'\nb:\n  - x\n  - 2020\n",
        "a:\n- x\n- y\nb: true\n",
        "tags: [a, b]\n",
        "date created: 2023-01-02\n",
    ],
)
def test_common_front_matter_takes_the_plain_way(body: str) -> None:
    """The plain way is what makes a large vault open at once."""
    assert read_plain(body) is not None


def test_scalars_stay_as_they_were_written() -> None:
    """A year, a version or a `yes` must not change by being read; only YAML's own true, false and null are words."""
    body = "year: 2020\nzip: 007\ntime: 1:30\ndate: 2023-07-18\nanswer: yes\ndraft: true\nnone: ~\ntext: 'true'\n"
    values, error = read(body)
    assert error == ""
    assert values == {
        "year": "2020", "zip": "007", "time": "1:30", "date": "2023-07-18", "answer": "yes", "draft": True,
        "none": None, "text": "true",
    }  # fmt: skip
    assert read(f"{body}nested: {{a: true, b: 1}}\n")[0] == {**values, "nested": {"a": True, "b": "1"}}


@pytest.mark.parametrize(
    ("body", "said", "title"),
    [
        ("title: a: b\ntags:\n  - x\n", "mapping values are not allowed", "a: b"),
        ("title: a\ntitle: b\n", "'title' is there twice", "a"),
        ("title: a\n\ttags: x\n", "tab character", "a"),
        ('title: "a\ntags: x\n', "found unexpected end of stream", '"a'),
        ("title: a\nx: !!python/object/apply:os.system [exit]\n", "could not determine a constructor", "a"),
        ("title: a\nx: *nowhere\n", "undefined alias", "a"),
        ("title: a\n---\nb: c\n", "another document", "a"),
        ("title: a\nx: \x07\n", "control characters", "a"),
    ],
)
def test_broken_yaml_is_named_and_the_rest_is_saved(body: str, said: str, title: str) -> None:
    """98 notes of one vault have an unquoted colon: they keep their title, and the error says what to mend."""
    values, error = read(body)
    assert said in error
    assert values["title"] == title


def test_lists_are_saved_from_broken_yaml() -> None:
    """Tags and aliases of a broken note still find it."""
    values, _ = read("title: a: b\ntags:\n  - x\n  - 'y z'\naliases: [p, \"q\"]\ndraft: true\nempty:\n")
    assert values == {"title": "a: b", "tags": ["x", "y z"], "aliases": ["p", "q"], "draft": True, "empty": None}


@pytest.mark.parametrize("body", ["- a\n- b\n", "just text\n", "[a, b]\n"])
def test_front_matter_that_is_no_mapping(body: str) -> None:
    """A list between the fences is an error to report, not a crash."""
    values, error = read(body)
    assert values == {}
    assert "no mapping" in error


def test_front_matter_in_a_programming_language_is_never_read() -> None:
    """`---js` is run by the site's build: we name it and touch nothing."""
    matter = read_front_matter("---js\nmodule.exports = {}\n---\n")
    assert matter.values == {}
    assert "js" in matter.error


@pytest.mark.parametrize(
    "body",
    ["a: " + "[" * 100_000 + "\n", "a: " + "{a: " * 20_000 + "\n", "- " * 50_000 + "x\n", "a: b\n" * (LARGEST // 4),
     "a: &a [x]\n" + "".join(f"b{i}: &b{i} [{', '.join([f'*b{i - 1}' if i else '*a'] * 9)}]\n" for i in range(40)),
     "a: &a [*a]\n", "a: &a {b: *a}\n"],
)  # fmt: skip
def test_a_bomb_does_not_go_off(body: str) -> None:
    """Nested brackets crash the YAML library and nested aliases fill the memory; a vault must survive both."""
    values, _ = read(body)
    assert set(values) <= {"a", *(f"b{number}" for number in range(40))}


def test_windows_line_ends_are_no_part_of_values() -> None:
    """A title must not end with an invisible carriage return."""
    matter = read_front_matter("---\r\ntitle: a note\r\ntags:\r\n  - x\r\n---\r\n")
    assert matter.values == {"title": "a note", "tags": ["x"]}


@given(st.text(max_size=80))
def test_nothing_raises(body: str) -> None:
    """One unreadable note must not keep a vault from opening."""
    read_front_matter(f"---\n{body}\n---\n")
    salvage(body)
