"""What the Markdown parser is not asked about is said, and never passed as harmless."""

import pytest

from enrich.check.style.active import DEEPEST_BRACKETS, LONGEST_PARAGRAPH, MOST_BRACKETS, added_markup, find_active


def kinds(text: str) -> set[str]:
    """What kinds of active markup a text holds."""
    return {active.kind for active in find_active(text)}


@pytest.mark.parametrize(
    "text",
    [
        f"{'a ' * (LONGEST_PARAGRAPH // 2)}[b](https://x.example)",
        f"{'a ' * (LONGEST_PARAGRAPH // 2)}&lt;",
        "- [a] b\n" * (MOST_BRACKETS + 1) + "- `c`\n",
        f"{'[a ' * (DEEPEST_BRACKETS + 1)}](https://x.example)",
        f"{'![a ' * (DEEPEST_BRACKETS + 1)}",
    ],
    ids=["long with a link", "long with an entity", "many brackets", "nested brackets", "nested images"],
)
def test_a_paragraph_beyond_the_bounds_is_unread(text: str) -> None:
    """A paragraph that costs the parser too much is named as unread, and no draft may bring it in."""
    assert "unread" in kinds(text)
    assert "unread" in added_markup("words\n", text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a " * LONGEST_PARAGRAPH + "\n\n`b`\n", "code"),
        ("a " * 1_000 + "[b](https://x.example)", "link"),
        ("[" * 5 + "a](https://x.example)", "link"),
        ("[0, 1) and ]0, 1] " * DEEPEST_BRACKETS + "<b>", "HTML"),
    ],
    ids=["long without markup", "longer than any paragraph of a note", "a few brackets", "intervals"],
)
def test_a_paragraph_within_the_bounds_is_read(text: str, expected: str) -> None:
    """Length alone is no fault, and what is within the bounds is read as before."""
    assert kinds(text) == {expected}


def test_a_field_stands_on_one_line() -> None:
    """The key of a field is found on its own line, below any number of empty ones."""
    (active,) = find_active("a\n\n\n  > key:: b\n")
    assert (active.kind, active.what, active.span.start) == ("field", "> key::", 4)
