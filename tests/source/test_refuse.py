"""Pages that are no article, and short articles that are."""

import pytest
from msgspec.structs import replace

from enrich.errors import SourceError
from enrich.source.reading import Reading, Signals
from enrich.source.refuse import refuse_unusable
from enrich.text.words import count_words
from tests.source.pages import HEADLINE, PARAGRAPHS, URL

WHOLE = Reading(
    url=URL,
    title=HEADLINE,
    title_origin="og",
    site="News",
    author="",
    published="",
    published_origin="unknown",
    language="en",
    paragraphs=PARAGRAPHS,
    shown="\n".join(PARAGRAPHS),
    signals=Signals(document_title=HEADLINE, heading=HEADLINE),
)
SHORT = replace(WHOLE, paragraphs=PARAGRAPHS[:2], shown="\n".join(PARAGRAPHS[:2]))


def shell(shown: str, title: str = "News", **signals: object) -> Reading:
    """A page without an article: what it shows is all there is."""
    return replace(
        WHOLE,
        title=title,
        paragraphs=(),
        shown=shown,
        signals=replace(Signals(document_title=title), **signals),
    )


def judge(reading: Reading) -> None:
    """Refuse a reading by its own number of words."""
    refuse_unusable(reading, count_words("\n".join(reading.paragraphs)), URL)


COOKIE_WALL = """We value your privacy. We and our 842 partners store cookies on your device to show personalised ads.
Accept all. Manage options. Cookie policy."""


@pytest.mark.parametrize(
    ("reading", "message"),
    [
        (shell("Page not found. Try our search."), "error page"),
        (replace(WHOLE, title="404"), "error page"),
        (replace(WHOLE, title="Oops! That page can't be found."), "error page"),
        (replace(WHOLE, title="Page not found (404)"), "error page"),
        (replace(WHOLE, title="页面不存在"), "error page"),
        (replace(WHOLE, title="Không tìm thấy trang"), "error page"),
        (replace(WHOLE, signals=Signals(heading="This page doesn’t exist")), "error page"),
        (shell("The page you are looking for has moved."), "error page"),
        (shell("Just a moment...\nChecking your browser before accessing news.example"), "prove to be human"),
        (shell("", title="Attention Required! | Cloudflare"), "prove to be human"),
        (shell("", scripts=4), "only after running JavaScript"),
        (shell("Loading", without_scripts="You need to enable JavaScript to run this app.", scripts=2), "JavaScript"),
        (shell("This site requires JavaScript. " * 9), "JavaScript"),
        (shell(COOKIE_WALL), "consent to cookies"),
        (replace(WHOLE, paragraphs=tuple(COOKIE_WALL.split(". ")) * 3), "consent to cookies"),
        (shell("Wir verwenden Cookies. Alle akzeptieren. Alle ablehnen. Einwilligung"), "consent to cookies"),
        (shell("Sign in. E-mail. Password. Forgot your password?", needs_password=True), "needs a login"),
        (replace(SHORT, shown=SHORT.shown + "\nSubscribe now to continue reading."), "login or a subscription"),
        (replace(SHORT, shown=SHORT.shown + "\nĐăng nhập để đọc tiếp"), "login or a subscription"),
        (replace(SHORT, shown=SHORT.shown + "\n登录后即可查看全文"), "login or a subscription"),
        (replace(SHORT, signals=Signals(locked=True)), r"behind a paywall \(75 words can be read\)"),
        (replace(SHORT, signals=Signals(locked=True, stated_words=1461)), r"paywall \(75 words of 1,461 can be read\)"),
        (replace(WHOLE, signals=Signals(stated_words=600)), "only in part"),
        (shell("Watch: the launch in two minutes", media="video.other"), "video or audio page.*transcript"),
        (shell("Redirecting", forwards_to="https://news.example/b"), "only forwards to https://news.example/b"),
        (shell("Markets today."), "too little text"),
        (
            replace(WHOLE, paragraphs=("One short sentence is not enough.",)),
            r"too little text .*\(6 words can be read\)",
        ),
        (replace(WHOLE, paragraphs=("只有很短的一句话。",)), "too little text"),
    ],
)
def test_what_is_no_article_is_refused(reading: Reading, message: str) -> None:
    """Each kind of wall, shell and stub is named, with the address first and a remedy last."""
    with pytest.raises(SourceError, match=rf"^{URL}: .*{message}") as caught:
        judge(reading)
    assert "; " in str(caught.value)


@pytest.mark.parametrize(
    "reading",
    [
        WHOLE,
        SHORT,
        replace(WHOLE, signals=Signals(locked=True)),
        replace(WHOLE, signals=Signals(stated_words=220)),
        replace(WHOLE, signals=Signals(stated_words=1_100)),
        replace(WHOLE, title="404 Media raises money", signals=Signals(heading="404 Media raises money")),
        replace(WHOLE, title="Lost city not found after all"),
        replace(WHOLE, shown=WHOLE.shown + COOKIE_WALL),
        replace(SHORT, shown=SHORT.shown + COOKIE_WALL),
        replace(SHORT, shown=SHORT.shown + "\nLog in\nSubscribe to our newsletter\nAlready a member?"),
        replace(SHORT, signals=Signals(needs_password=True, scripts=40, without_scripts="Please enable JavaScript")),
        replace(WHOLE, signals=Signals(media="video.other")),
        replace(
            WHOLE,
            paragraphs=("该模型有七十亿、一百三十亿和七百亿参数三种规模。" * 3,),
            signals=Signals(stated_words=50),
        ),
        replace(
            SHORT,
            title="Regulator fines site over cookie consent",
            paragraphs=("A regulator fined a site because it set cookies without consent. " * 5,),
        ),
    ],
    ids=range(14),
)
def test_an_article_is_not_refused(reading: Reading) -> None:
    """Short news, metered articles, cookie banners and login links beside an article are no reason to refuse it."""
    judge(reading)
