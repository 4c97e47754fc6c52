"""Pages of the kinds that public reports complain of, each in its smallest form, read whole."""

from typing import Any

import pytest

from enrich.errors import SourceError
from enrich.source.extract import source_from_reading
from enrich.source.reader import read_html
from enrich.source.source import Source
from tests.source.pages import HEADLINE as H
from tests.source.pages import PARAGRAPHS as P
from tests.source.pages import TODAY, json_ld

ADDRESS = "https://example.org/news/lumen"
CHINESE = (
    "流明实验室周二发布了一个开放的语言模型，能够读写四十种语言，任何人都可以下载用于研究和大多数商业用途。",
    "该模型有七十亿、一百三十亿和七百亿参数三种规模，最大的模型在租用的集群上训练了四个月。",
)
OWN = (
    f'{{"@type": "NewsArticle", "headline": "{H}", "url": "http://www.example.org/news/lumen/?utm_source=a#x",'
    ' "datePublished": "2023-07-18", "author": {"name": "Jane Roe"}}'
)
OTHER = (
    '{"@type": "NewsArticle", "headline": "Swans on the line", "url": "https://example.org/news/swans",'
    ' "datePublished": "2020-01-01", "author": {"name": "Kit Moe"}}'
)
TEASERS = "".join(
    f"<div class='card'><h3><a href='/{number}'>A story about number {number}</a></h3><p>It tells more of it.</p></div>"
    for number in range(8)
)


RIVER = "".join(
    f"<div class='item'><a href='/{n}'><h3>A story of note, part {n}</h3><p>{P[0]}</p></a></div>" for n in range(9)
)


def page(title: str = H, head: str = "", above: str = "", below: str = "", **parts: Any) -> str:
    """A page; ``parts`` are ``h1``, ``body`` (all of its main part), ``paragraphs``, ``top`` and ``language``."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in parts.get("paragraphs", P))
    main = parts.get("body") or f"{parts.get('h1', f'<h1>{H}</h1>')}{above}<div class='text'>{text}</div>"
    return (
        f"<!doctype html><html lang='{parts.get('language', 'en')}'><head><meta charset='utf-8'>"
        f"<title>{title}</title>{head}</head><body>{parts.get('top', '')}<main>{main}</main>{below}</body></html>"
    )


def read(html: str, url: str = ADDRESS) -> Source:
    """The page as a source. Raises `SourceError` when it is refused."""
    return source_from_reading(read_html(html, url, TODAY, 10_000), url, None)


def meta(name: str, value: str) -> str:
    """A meta element."""
    return f'<meta property="{name}" content="{value}">'


@pytest.mark.parametrize(
    ("html", "title"),
    [
        (page(head=meta("application-name", H)), H),
        (page(head=meta("application-name", H) + meta("og:title", H) + meta("og:site_name", H)), H),
        (page(f"{H} | Quay", meta("apple-mobile-web-app-title", H)), H),
        (page(f"{H} « Quay Blog", h1=f"<h1><a href='/'>Quay Blog</a></h1><h2>{H}</h2>"), H),
        (page(f"Quay Blog: {H}", h1=f"<div class='Header'><h1>Quay Blog</h1></div><h3>{H}</h3>"), H),
        (
            page("Hello - The long name of it", h1="<h1 class='site-title'>The long name of it</h1><h2>Hello</h2>"),
            "Hello",
        ),
        (page(f"{H} – Quay", h1=f"<div class='logo'><h1>Quay</h1></div><h2>{H}</h2>"), H),
        (page(f"{H} | Quay", h1=f"<h1>Quay</h1><h1>{H}</h1>"), H),
        (page(f"{H} | Link List", h1=f"<table><tr><td><a href='https://other.example/x'>{H}</a></td></tr></table>"), H),
        (page("渔网修补海堤_社会_青石网", h1="<div>渔网修补海堤</div>", paragraphs=CHINESE), "渔网修补海堤"),
        (page("渔网修补海堤-青石网", h1="<div>渔网修补海堤</div>", paragraphs=CHINESE), "渔网修补海堤"),
        (page(f"Opinion - {H}", top="<nav><a href='/opinion'>Opinion</a></nav>"), H),
        (page("Tide | Crane: what works - Quay", h1="<h1>Tide | Crane: what works</h1>"), "Tide | Crane: what works"),
        (page(f"{H[:30]}…", meta("og:title", f"{H[:30]}…")), H),
        (page(h1=f"<h1>{H}<a class='headerlink' href='#x'>¶</a></h1>"), H),
        (page(f"{H} | Quay", h1=f"<h1><span>Inland</span> <span>{H}</span></h1>"), H),
        (
            page("x", meta("og:title", "Quay: nets mend it"), h1="<h1><i>Quay</i><b>Nets mend it</b></h1>"),
            "Quay: nets mend it",
        ),
        (page(f"{H} - Quay boards", h1=f"<h2 class='topic-title'><a href='#'>{H}</a></h2>"), H),
    ],
)
def test_titles(html: str, title: str) -> None:
    """A site's name never takes the headline's place, and never stays behind it."""
    assert read(html).title == title


@pytest.mark.parametrize(
    "head",
    [
        meta("og:site_name", "Hosted"),
        meta("og:site_name", "@quaydaily"),
        meta("og:site_name", "quaydaily.example"),
        meta("og:site_name", "Inland") + meta("article:section", "Inland"),
        meta("og:site_name", "News"),
        json_ld('{"@type": "Article", "publisher": {"name": "Harbour Holding, Inc."}}'),
        meta("og:site_name", "Quay Daily, LLC"),
        meta("og:site_name", "U.S."),
        json_ld('{"@type": "Article", "publisher": {"name": "Harbour Holding GmbH"}}'),
    ],
)
def test_sites(head: str) -> None:
    """A section, a handle, a host or an owner does not stand where the publisher's name belongs."""
    html = page(f"{H} | Quay Daily", head)
    assert read(html, "https://hosted.quaydaily.example/inland/lumen").site == "Quay Daily"


def test_sites_by_a_name_with_accents_and_a_cut_title() -> None:
    """A domain is written without accents, and a title that was cut off still ends with the site's name."""
    accented = page(f"{H} | Báo Biển Xanh", meta("og:site_name", "bienxanh.example"))
    assert read(accented, "https://bienxanh.example/a").site == "Báo Biển Xanh"
    assert read(page(f"{H[:20]}... | Quay Daily")).site == "Quay Daily"
    assert read(page(f"{H} | Home", meta("og:site_name", "Home"))).site == "example.org"


LINKED = "<a href='/x'><h3>Other</h3><time datetime='2023-07-01'>July 1</time></a>"
LISTED = "<ul><li><a href='/x'>Some other story of this month</a> <time>Jul 1, 2023</time></li></ul>"
TICKER = "<div><h4><a href='/q'>Breaking</a></h4><time>Jul 30, 2023</time></div>"
STAMP = "<div>Posted at <abbr class='published' title='2023-07-18T00:23:00-04:00'>12:23</abbr></div>"
RELATIVE = "<div>odile released this <relative-time datetime='2023-07-18T20:11:00Z'>last week</relative-time></div>"


@pytest.mark.parametrize(
    ("html", "published"),
    [
        (page(above="<div><p>July 18, 2023</p></div>", below=LINKED), "2023-07-18"),
        (page(above="<p>July 18, 2023</p>", below=LISTED), "2023-07-18"),
        (page(top=TICKER, above="<p>July 18, 2023</p>"), "2023-07-18"),
        (page(above="<p>Updated <time>July 20, 2023</time>. Published <time>July 18, 2023</time></p>"), "2023-07-18"),
        (page(above="<div>Aktualisiert: 20.07.2023 | Veröffentlicht: 18.07.2023</div>", language="de"), "2023-07-18"),
        (page(above="<div>05/06/2023</div>", language="en-GB"), "2023-06-05"),
        (page(above="<div>05/06/2023</div>", language="en-US"), "2023-05-06"),
        (page(top="<h2 class='date-header'>Tuesday, July 18, 2023</h2>"), "2023-07-18"),
        (page(below=STAMP), "2023-07-18"),
        (page(above=RELATIVE), "2023-07-18"),
        (page(paragraphs=(f"TOLMOUTH, July 18, 2023 /Wire/ -- {P[0]}", *P[1:])), "2023-07-18"),
        (page(below="<p>© 2019-2023 The Example News</p>"), None),
        (page(below=f"<section><h2>Read next</h2>{LINKED}</section>"), None),
        (page(above="<div>Stand: 20.07.2023 | Erschienen: 18.07.2023</div>", language="de"), "2023-07-18"),
        (page(above="<p>Kit joined us on 3 May 2019</p><p>July 18, 2023</p>"), "2023-07-18"),
        (page(above="<p>18. März 2023</p>", language="de"), "2023-03-18"),
    ],
)  # fmt: skip
def test_dates(html: str, published: str | None) -> None:
    """The dateline dates the article, not a suggested story, a change or the copyright."""
    found = read(html).published
    assert (str(found) if found else None) == published


@pytest.mark.parametrize(
    "head",
    [
        json_ld(f"[{OTHER}, {OWN}]"),
        json_ld(OTHER) + json_ld(OWN),
        json_ld(f'{{"@type": "ItemList", "itemListElement": [{{"item": {OTHER}}}]}}') + json_ld(OWN),
        json_ld(OWN[:-1] + ",}"),
        json_ld(OWN.replace('"url"', '// where\n "url"', 1)),
        json_ld(OWN.replace('"', "'")),
        json_ld(OWN + "\n" + OTHER),
        json_ld(OWN.replace('{"name": "Jane Roe"}', '{"givenName": "Jane", "familyName": "Roe"}')),
        json_ld(OWN.replace("Jane Roe", "Roe, Jane")),
        json_ld(OWN.replace("Jane Roe", "Jane\\ud800 Roe")),
        json_ld(OTHER + "\n" + OWN),
        json_ld(OWN.replace('"', "&quot;")),
    ],
)
def test_json_ld(head: str) -> None:
    """The page's own article is found among several and in a broken script."""
    source = read(page(head=head))
    assert (str(source.published), source.author.replace("?", "")) == ("2023-07-18", "Jane Roe")


@pytest.mark.parametrize(
    ("named", "url", "cited"),
    [
        ("<link rel='canonical' href='https://example.org/'>", ADDRESS, ADDRESS),
        ("<link rel='canonical' href='https://example.org/index.html'>", ADDRESS, ADDRESS),
        ("<link rel='canonical' href='/news/'>", ADDRESS, ADDRESS),
        ("<link rel='canonical' href='/news/lumen-2'>", ADDRESS, f"{ADDRESS}-2"),
        ("<base href='/'><link rel='canonical' href='news/lumen'>", "https://example.org/print/9", ADDRESS),
        (f"<link rel='canonical' href='{ADDRESS}'>", f"{ADDRESS}/amp", ADDRESS),
        (f"<link rel='canonical' href='{ADDRESS}'>", f"{ADDRESS}/comments", ADDRESS),
        ("<link rel='canonical' href='undefined'>", ADDRESS, ADDRESS),
        ("<link rel='canonical' href='{{ page.url }}'>", ADDRESS, ADDRESS),
        (
            "<link rel='canonical' href='https://example.org/'>",
            "https://example.org/?p=12",
            "https://example.org/?p=12",
        ),
        (f"<link rel='canonical' href='{ADDRESS}'>", "https://example-org.cdn.ampproject.org/c/s/a", ADDRESS),
    ],
)
def test_addresses(named: str, url: str, cited: str) -> None:
    """A canonical address is resolved as browsers do, and not believed when it is a front page or a section."""
    assert read(page(head=named), url).url == cited


BODY = "".join(f"<p>{paragraph}</p>" for paragraph in P)


@pytest.mark.parametrize(
    "body",
    [
        BODY,
        BODY.replace("Labs released", "Labs<sup>[3]</sup> released"),
        BODY.replace("uses.", "uses.<a href='#n1'>[12]</a><sup>[<i>citation needed</i>]</sup>"),
        "<p>Advertisement</p><div class='advert'><p>Buy a boat today, it is blue and it floats.</p></div>" + BODY,
        "<p>Sponsored</p>" + BODY.replace("</p><p>", "</p><div class='ad'><p>Continue Reading Below</p></div><p>", 1),
        "<p>Listen</p><p>Share</p><p>3</p>" + BODY,
        "<div>4 min read</div>" + BODY + "<p>Reading time: 4 minutes</p>",
        BODY.replace("<p>Lumen", "<p><span class='dropcap'>L</span> umen", 1),
        BODY.replace("<p>Lumen", "<p><span class='dropcap'>\nL\n</span>umen", 1),
        BODY.replace("<p>Lumen", "<div class='dropcap'>L</div><p>umen", 1),
        BODY + "<p>(Reporting by Jane Roe; Editing by John Doe)</p>",
        BODY + "<h3>Assets 2</h3><ul><li>lumen-2.tar.gz 3 MB</li><li>Source (zip) 2023-07-18T20:11:00Z</li></ul>",
        "<div class='x'><p>ADVERTISEMENT</p><p>Buy a boat today, it is blue and it floats.</p></div>" + BODY,
        BODY.replace("</p><p>", "</p><p>Continue reading the main story</p><p>", 1),
        BODY.replace("</p><p>", "</p><p>ALSO READ | <a href='/x'>Swans stop trains</a></p><p>", 1),
        BODY.replace("uses.", "uses.<sup>3</sup>"),
        "<p>Estimated reading time: 5 minutes.</p>" + BODY + "<p>Jane Roe, jane@news.example</p>",
        "<p>【字体：大 中 小】 【打印】</p>" + BODY + "<p>责编：王小渔 | 审核：李大海</p><p>【纠错】</p>",
        BODY.replace("<p>Lumen", "<p><strong>L</strong> umen", 1) + "<p>© The Example News, all rights reserved</p>",
        f"<div style='opacity: 0'>{BODY}</div>",
        BODY.replace("</p><p>", "</p></div><div class='x'><p>", 1).replace("<p>Lumen", "<div><p>Lumen", 1) + "</div>",
        "<div class='a'>" + BODY.replace(f"<p>{P[3]}", f"</div><div class='b'><p>{P[3]}") + "</div>",
        "<button>Save</button>" + BODY + "<div><a href='/t/ai'>More on language models</a></div>",
    ],
)  # fmt: skip
def test_the_text_is_whole_and_without_furniture(body: str) -> None:
    """Marks, labels, advertisements, credits and lists of files go; every paragraph stays as it was."""
    assert read(page(body=f"<h1>{H}</h1>{body}")).text.split("\n\n") == list(P)


ONE, TWO, THREE, FOUR, FIVE = (f"<p>{paragraph}</p>" for paragraph in P)


@pytest.mark.parametrize(
    "body",
    [
        f"{ONE}{TWO}<ul><li>{P[2]}</li><li>{P[3]}</li></ul>{FIVE}",
        f"{ONE}{TWO}<div class='kg-callout-card'><div>💡</div><div>{P[2]}</div></div>{FOUR}{FIVE}",
        f"<section>{ONE}{TWO}</section><section id='tags'><h2>X</h2>{THREE}{FOUR}</section><section>{FIVE}</section>",
        f"<section>{ONE}{TWO}</section><section id='more'><h2>X</h2>{THREE}</section><section>{FOUR}{FIVE}</section>",
        f"<div>{ONE}{TWO}</div><div id='related'><h2>X</h2>{THREE}{FOUR}</div><div>{FIVE}</div>",
        f"{ONE}{TWO}<section id='related'><h2>X</h2>{THREE}{FOUR}{FIVE}</section>",
    ],
)
def test_no_paragraph_is_lost_for_its_place(body: str) -> None:
    """Lists, callouts and chapters whose names look like furniture belong to the article."""
    text = read(page(body=f"<h1>{H}</h1>{body}")).text
    assert [paragraph for paragraph in P if paragraph not in text] == []


def test_every_post_of_a_thread_is_read() -> None:
    """A question and its answers are one text, whichever of them an extractor prefers."""
    posts = "".join(
        f"<div class='item'><h3><a href='/u'>user{number}</a> said</h3><div class='post'><p>{one}</p></div></div>"
        for number, one in enumerate(P)
    )
    text = read(page(body=f"<h1>{H}</h1>{posts}")).text
    assert [paragraph for paragraph in P if paragraph not in text] == []


@pytest.mark.parametrize(("name", "first"), [("blurb", P[0]), ("x", "Nets mend it, and boats ask no more of them.")])
def test_an_opening_beside_the_headline_is_the_articles(name: str, first: str) -> None:
    """The first paragraph may stand in the headline's box; what announces the article there is none of it."""
    intro = f"<h1>{H}</h1><p class='{name}'>Nets mend it, and boats ask no more of them.</p>"
    text = read(page(body=f"<div class='intro'>{intro}</div><div class='content'>{BODY}</div>")).text
    assert text.split("\n\n")[0] == first


def test_posts_that_no_extractor_takes_are_the_text() -> None:
    """The comments of a link list are its text, and the linked article is named."""
    posts = "".join(f"<li><div class='comment'><div class='comment_text'><p>{one}</p></div></div></li>" for one in P)
    story = f"<ol><li><span><a href='https://other.example/lumen'>{H}</a></span> <a href='/t'>web</a></li></ol>"
    source = read(page(f"{H} | Crabs", body=f"{story}<ol class='comments'>{posts}</ol>"))
    assert (source.title, source.text.split("\n\n")) == (H, list(P))
    assert any("https://other.example/lumen" in flag for flag in source.flags)


def test_what_both_extractors_lose_is_flagged() -> None:
    """A reviewer hears which share of the visible text is not in the source."""
    lost = "".join(f"<div class='comments-list'><span>{paragraph}</span></div>" for paragraph in P[2:4])
    source = read(page(body=f"<article><h1>{H}</h1><p>{P[0]}</p><p>{P[1]}</p>{lost}<p>{P[4]}</p></article>"))
    assert P[2] not in source.text
    assert [flag for flag in source.flags if flag.startswith("38% of the page's running text")]


@pytest.mark.parametrize(
    "above",
    [
        f"<h1><a href='https://other.example/lumen'>{H}</a></h1>",
        f"<h1>{H}</h1><shreddit-post content-href='https://other.example/lumen'></shreddit-post>",
        f"<h1>{H}</h1>"
        + json_ld('{"@type": "DiscussionForumPosting", "sharedContent": {"url": "https://other.example/lumen"}}'),
    ],
)
def test_a_discussion_names_the_article(above: str) -> None:
    """Who drafts from a link list or a forum is told of the page that is discussed there."""
    assert any("https://other.example/lumen" in flag for flag in read(page(h1=above)).flags)
    assert read(page(h1=f"<h1><a href='https://www.example.org/news/lumen'>{H}</a></h1>")).flags == ()


TOPICS = "".join(f"<tr><td><a href='/{n}'>Topic {n} about nets</a></td><td>{n} replies</td></tr>" for n in range(9))
TOPICS = f"<table>{TOPICS}</table>"
STORIES = "".join(
    f"<tr><td><a href='https://a{n}.example/'>Swans stop trains, part {n}</a> (a{n}.example)</td></tr>"
    f"<tr><td>{n} points by odile, {n} hours ago, {n} comments</td></tr>"
    for n in range(30)
)
STORIES = f"<table>{STORIES}</table>"


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        (page("Attention Required! | Shield", h1="<h1>Sorry, you have been blocked</h1>"), "turns programs away"),
        (page("example.org", h1="<h1>Verify you are human</h1>", paragraphs=P[:1]), "turns programs away"),
        (page("Robot Check", h1="", paragraphs=("Automated access has to be asked for.",)), "turns programs away"),
        (page("Quay", h1="<h1>Oops! That page can’t be found.</h1>", below=TEASERS), "error page"),
        (page("Quay", h1="<h2>We can’t find the page</h2>", paragraphs=(), below=TEASERS), "error page"),
        (page("Seite nicht gefunden - Quay", h1="<h1>Ups!</h1>", paragraphs=P[:1]), "error page"),
        (page("Quay", h1="<h1>Latest</h1>", paragraphs=(), below=TEASERS), "list of articles"),
        (page("Quay", h1="<h1>Quay</h1>", paragraphs=(), below=RIVER), "list of articles"),
        (page("Sign in | Quay", h1="<h1>Sign in</h1>", paragraphs=P[:1]), "needs a login"),
        (page(paragraphs=P[:2], below="<div><h3>Subscribe to continue reading</h3></div>"), "needs a login"),
        (page("Making sure you’re not a bot!", h1="", paragraphs=("It takes a moment.",)), "turns programs away"),
        (page("Quay", h1="<h1>Down for maintenance</h1>", paragraphs=P[:1]), "error page"),
        (page("quay.example is for sale", h1="", paragraphs=("This domain is for sale. " * 12,)), "error page"),
        (page("451: Unavailable due to legal reasons", h1="", paragraphs=P[:1]), "withheld where you are"),
        (page(paragraphs=P[:2], below="<div><p>This post is for paid subscribers</p></div>"), "needs a login"),
        (page(paragraphs=P[:2], below="<p>La suite est réservée aux abonnés.</p>"), "needs a login"),
        (page("Boards", h1="", body=TOPICS), "list of articles"),
        (page("Crabs", h1="", body=STORIES), "list of articles"),
        (page("Rope", json_ld('{"@type": "Product", "name": "Rope"}'), h1="", paragraphs=("4 euros",)), "product page"),
        (page("Rope", meta("og:type", "product"), h1="<h1>Rope</h1>", paragraphs=("4 euros",)), "product page"),
    ],
)  # fmt: skip
def test_refusals(html: str, kind: str) -> None:
    """What is no article is refused, and the reason says what it is."""
    text = html.replace(f"<h1>{H}</h1>", "") if "blocked" in html else html
    with pytest.raises(SourceError, match=kind):
        read(text)


@pytest.mark.parametrize(
    ("top", "below"),
    [
        ("<header><p>Subscribe to continue reading the Herald every day</p></header>", ""),
        ("<div><a href='/s'>Subscribe</a> <a href='/l'>Sign in to read the e-paper</a></div>", ""),
        ("", "<p>Sign up for our letter to read our best stories.</p>"),
        ("", "<footer>Subscribe to continue reading offline</footer>"),
        ("", "<aside><h3>Members-only</h3><p>Subscribe to continue reading the archive.</p></aside>"),
        ("", "<div><h3><a href='/x'>Swans stop all trains again</a></h3><p>Subscribers-only</p></div>"),
    ],
)
def test_short_free_articles_are_not_refused(top: str, below: str) -> None:
    """Seventy words of news under an offer to subscribe are news."""
    assert P[0] in read(page(paragraphs=P[:2], top=top, below=below)).text


@pytest.mark.parametrize(
    ("title", "opening"),
    [
        ("Why “page not found” became art", "The page you are looking for may have moved: a sentence for a museum."),
        ("Are you a robot? The boxes that ask it", "Sites want visitors to verify that they are human."),
        ("Court forbids boxes", "A button to accept all cookies without one to reject all is no consent, it said."),
        ("Shops and their scripts", "Many shops need JavaScript to show a price."),
    ],
)
def test_short_articles_about_walls_are_not_refused(title: str, opening: str) -> None:
    """News of captchas, consent or error pages says the words of one and then speaks of other things."""
    assert read(page(title, h1=f"<h1>{title}</h1>", paragraphs=(opening, *P[:2]))).title == title


def test_the_language_is_that_of_the_text() -> None:
    """German text in a template that says English is German; the server counts where the text says too little."""
    german = (
        "Die Stadtwerke leiten seit Anfang der Woche die Abwärme eines Rechenzentrums in das städtische Freibad und "
        "sparen damit nach eigenen Angaben jede Nacht vierhundert Kubikmeter Gas, die sonst im Kessel verbrennen.",
    )
    assert read(page(paragraphs=german * 2)).language == "de"
    unsure = read_html("<html><body><p>XK 12 QR 7</p></body></html>", ADDRESS, TODAY, 100, "pt-BR")
    assert unsure.language == "pt"
