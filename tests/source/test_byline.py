"""Who wrote it."""

import pytest

from enrich.source.byline import choose_author, split_names
from enrich.source.markup import parse_html


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Jane Roe", ["Jane Roe"]),
        ("By Jane Roe", ["Jane Roe"]),
        ("by Jane Roe and John Doe", ["Jane Roe", "John Doe"]),
        ("By Jane Roe, John Doe & Max Mustermann", ["Jane Roe", "John Doe", "Max Mustermann"]),
        ("Jane Roe, Senior Reporter", ["Jane Roe"]),
        ("Jane Roe, Reuters", ["Jane Roe"]),
        ("Roe, Jane", ["Roe, Jane"]),
        ("Written by Jane Roe | July 18, 2023", ["Jane Roe"]),
        ("Jane Roe • 5 min read", ["Jane Roe"]),
        ("Jane Roe July 18, 2023", ["Jane Roe"]),
        ("Jane Roe Published 10:00", ["Jane Roe"]),
        ("Nguyễn Văn A", ["Nguyễn Văn A"]),
        ("王伟", ["王伟"]),
        ("Reuters", ["Reuters"]),
        ("https://example.com/jane", []),
        ("jane@example.com", []),
        ("Staff Writer", []),
        ("An excerpt of the article that somebody put into the wrong field", []),
        ("", []),
    ],
)
def test_names_in_a_byline(text: str, names: list[str]) -> None:
    """Names come out of bylines without `By`, roles, agencies and dates."""
    assert split_names(text) == names


@pytest.mark.parametrize(
    ("statements", "body", "author"),
    [
        ([["Jane Roe"], ["Other"]], "", "Jane Roe"),
        ([[], ["Jane Roe", "John Doe", "Jane Roe"]], "", "Jane Roe; John Doe"),
        (
            [["TechWire"]],
            "<p class='byline'>By <a href='/j'>Jane Roe and John Doe</a> July 3</p>",
            "Jane Roe; John Doe",
        ),
        ([["TechWire"]], "<p>No byline</p>", "TechWire"),
        ([], "<a rel='author' href='/j'>Jane Roe</a>", "Jane Roe"),
        ([], "<div class='ArticleAuthorName'>Jane Roe</div>", "Jane Roe"),
        ([], "<div class='post-author'>By Jane Roe</div>", "Jane Roe"),
        ([], "<div class='author-bio'>" + "Jane Roe has written a great deal. " * 9 + "</div>", ""),
        ([], "", ""),
    ],
)
def test_the_author(statements: list[list[str]], body: str, author: str) -> None:
    """Statements come first, a byline stands in for a statement that only repeats the site's name."""
    assert choose_author(statements, parse_html(f"<body>{body}</body>"), frozenset({"techwire"})) == author
