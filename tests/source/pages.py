"""Small pages of our own making, for tests."""

from datetime import date

TODAY = date(2023, 8, 1)
URL = "https://news.example/2023/07/18/lumen-releases-model"
HEADLINE = "Lumen releases an open model for 40 languages"

PARAGRAPHS = (
    "Lumen Labs released an open language model on Tuesday that reads and writes 40 languages, and put its weights on "
    "a public server where anyone may download them for research and for most commercial uses.",
    "The model comes in three sizes of 7, 13 and 70 billion parameters. The largest was trained on two trillion words "
    "over four months, the company said, on a cluster that it rents from a Norwegian operator of data centres.",
    "Companies with more than 700 million monthly users must ask for a separate licence. Lawyers who read the terms "
    "called that clause unusual, because it names no competitor and yet describes only four of them.",
    "Rivals keep their largest models behind paid interfaces. Lumen expects that outside developers will find faults "
    "sooner than its own staff could, and has set aside one million euros for those who report them.",
    "A first independent test put the middle size on a par with closed systems that cost ten times as much to run, "
    "although it lagged in arithmetic and in languages that are written from right to left.",
)


def html(
    paragraphs: tuple[str, ...] = PARAGRAPHS,
    head: str = "",
    before: str = "",
    after: str = "",
    headline: str = HEADLINE,
    language: str = ' lang="en"',
) -> str:
    """A page with a menu, a headline, the article and a footer."""
    text = "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)
    return f"""<!doctype html>
<html{language}><head><meta charset="utf-8"><title>{headline} | The Example News</title>{head}</head>
<body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/tech">Technology</a></li></ul></nav>
<article><header><h1>{headline}</h1>{before}</header>
<div class="article-body">
{text}</div></article>
{after}
<footer><p>© The Example News. All rights reserved.</p></footer>
</body></html>"""


def json_ld(text: str) -> str:
    """A JSON-LD script."""
    return f'<script type="application/ld+json">{text}</script>'
