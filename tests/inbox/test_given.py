"""Lists, tables and feeds as programs, countries and people write them."""

from datetime import date

import pytest

from enrich.errors import UsageError
from enrich.inbox.feed import read_feed
from enrich.inbox.given import Given, read_given

ONE = "https://a.example/1"
TWO = "https://a.example/2"


@pytest.mark.parametrize(
    "data",
    [
        f"url,title,date\n{ONE},One; or so,2023-01-02\n".encode(),
        f"url;title;date\r\n{ONE};One; or so;2023-01-02\r\n".replace("One; or so", '"One; or so"').encode(),
        f"URL\tTitle\tDate\n{ONE}\tOne; or so\t2023-01-02T10:00:00Z\n".encode(),
        f"sep=|\r\nurl|title|date\r\n{ONE}|One; or so|2023/01/02\r\n".encode(),
        f'\ufeff"Date","Url","Title"\r\n"2023-01-02","{ONE}","One; or so"\r\n'.encode(),
        f'# of ours\n\nid,title,url,date\n7,"One;\n or so",<{ONE}>,2023-01-02\n'.encode(),
        f"url,title,date\n{ONE},One; or so,2023-01-02\n".encode("utf-16"),
        f"url,title,date\r{ONE},One; or so,2023.01.02\r".encode("latin-1"),
    ],
)
def test_a_table_is_read_however_it_is_separated_and_encoded(data: bytes) -> None:
    """Commas, semicolons, tabs, bars; marks of byte order, ends of line; columns in any order and case."""
    assert read_given("saved.csv", data) == [Given(ONE, "One; or so", date(2023, 1, 2))]


@pytest.mark.parametrize(
    ("line", "headline"),
    [
        (ONE, ""),
        (f"  {ONE}  # later", ""),
        (f"{ONE}\tA headline # of ours", "A headline # of ours"),
        (f'{ONE}\t"A headline\twith ""tabs"""', 'A headline with "tabs"'),
        (f"<{ONE}>", ""),
        (f"- {ONE}", ""),
        (f"- [ ] {ONE}", ""),
        (f"12. [One](<{ONE}>)", "One"),
        (f"* [One]({ONE})\tAnother", "Another"),
        ("a.example/1", ""),
        ("//a.example/1", ""),
    ],
)
def test_a_line_is_read_as_people_write_it(line: str, headline: str) -> None:
    """Comments, headlines after a tab, lists of a note, addresses without a scheme."""
    assert read_given("list", f"{line}\r\n\r\n# nothing\r\n{TWO}".encode()) == [Given(ONE, headline), Given(TWO)]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (f"hello world\n{TWO}\n", "list, line 1: hello world is no address"),
        (f"{ONE} a headline without a tab\n{TWO}\n", "a headline after a tab"),
        (f"ftp://a.example/1\n{TWO}\n", "list, line 1: ftp://a.example/1: is not an http"),
        (f"url,date\n{ONE},18.7.2023\n{TWO},\n", "list, line 2: 18.7.2023 is not a date"),
        (f"url,date\n{ONE},2023-02-30\n{TWO},\n", "2023-02-30 is not a date"),
        (f"url,title\nnot one,One\n{TWO},\n", "list, line 2: not one is no address"),
    ],
)
def test_a_row_that_cannot_be_read_costs_that_row(data: str, said: str) -> None:
    """It stands there with line and reason; the rest is taken."""
    bad, good = read_given("list", data.encode())
    assert said in bad.fault
    assert good == Given(TWO)


@pytest.mark.parametrize(
    "data",
    [
        b'{"items": [{"url": "https://a.example/1"}]}',
        b"<!DOCTYPE html><html><a href='x'>x</a></html>",
        b"\x89PNG\r\n\x1a\n",
        b'url,title\nhttps://a.example/1,"open\n',
    ],
)
def test_a_file_that_is_no_list_is_refused_whole(data: bytes) -> None:
    """Nothing of it is guessed at."""
    with pytest.raises(UsageError, match=r"list of addresses|no table that can be read"):
        read_given("file", data)


def test_a_title_with_markup_leaves_a_table_a_table() -> None:
    """What a cell holds says nothing of the file."""
    assert read_given("t.csv", f"url,title\n{ONE},<p>One</p>\n".encode()) == [Given(ONE, "<p>One</p>")]


RSS = (
    "<?xml version='1.0'?><rss version='2.0'><channel><title>x</title><link>https://b.example/news/</link>"
    "<item><title>One &amp;amp; &lt;b&gt;two&lt;/b&gt;</title><link>/1</link>"
    "<pubDate>Mon, 02 Jan 2023 23:30:00 -0500</pubDate></item>"
    "<item><title>No link</title></item><item><link>mailto:a@b.example</link></item>"
    "<item><guid>https://c.example/2</guid><pubDate>some day</pubDate></item></channel></rss>"
)
ATOM = (
    "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><title>t</title><entry>"
    "<title type='html'>A &amp;lt; B</title><link rel='self' href='self'/><link rel='alternate' href='one'/>"
    "<updated>2023-01-02T23:30:00-05:00</updated></entry></feed>"
)


@pytest.mark.parametrize(
    ("name", "data", "rows"),
    [
        ("feed.xml", RSS, [Given("https://b.example/1", "One & two", date(2023, 1, 2)), Given("https://c.example/2")]),
        ("https://d.example/x/feed", ATOM, [Given("https://d.example/x/one", "A < B", date(2023, 1, 2))]),
    ],
)
def test_a_feed_gives_whole_addresses_titles_and_the_day_it_writes(name: str, data: str, rows: list[Given]) -> None:
    """Relative links are those of its site, titles are text, and a day is not moved by a time zone."""
    pytest.importorskip("feedparser")
    assert read_feed(name, data.encode()) == rows
