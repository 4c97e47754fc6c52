"""What walls and error pages say, in the languages of the pages that our users read.

Texts are matched in normal form (straight quotes, single spaces), without regard to case.
"""

import re


def _any_of(listing: str) -> re.Pattern[str]:
    """One pattern out of one alternative a line; a space stands for itself."""
    return re.compile("|".join(f"(?:{line.strip()})" for line in listing.strip().splitlines()), re.I)


_CODE = r"(?:http |error |code )*(?:40[034]|410|50[0234])"
_THING = r"(?:the |this |that |your )?(?:requested )?(?:page|file|article|story|content|url)"

ERROR_TITLE = re.compile(
    r"(?:(?:error|oops|sorry|whoops|uh-oh)\W+)*"
    + f"(?:{_CODE}\\W*)?"
    + "(?:"
    + _any_of(
        rf"""
        {_CODE}
        (?:{_THING} (?:you requested )?)?(?:(?:was|is|could|can)(?: not|n't|not|'t) |not )(?:be )?(?:found|available)
        {_THING} (?:does(?:n't| not) exist|no longer exists|is (?:gone|missing|unavailable|no longer available))
        access denied
        forbidden
        internal server error
        bad gateway
        service (?:temporarily )?unavailable
        (?:die )?seite (?:wurde )?nicht gefunden
        page (?:non trouvée|introuvable)
        página n(?:o|ão) encontrada
        pagina non trovata
        (?:trang )?không (?:tìm thấy|tồn tại)(?: trang)?
        (?:页面|頁面|网页|網頁)(?:不存在|未找到|找不到)
        (?:找不到|未找到)(?:该|此)?(?:页面|頁面|网页|網頁)
        (?:お探しの)?ページが?見つかりません(?:でした)?
        페이지를 찾을 수 없습니다
        """
    ).pattern
    + rf")(?:\W*(?:{_CODE}|error|fehler|sorry))*\W*",
    re.I,
)
"""A whole title that says that there is no page."""

ERROR_TEXT = _any_of(
    r"""
    (?:page|article|story|url|content) (?:that )?you(?:'re| are| were)? (?:looking for|requested|trying to)
    (?:page|article) (?:not|could not be|couldn't be|can't be|cannot be) found
    404 (?:error|not found)
    we can(?:no|')t find (?:the|that) page
    trang bạn (?:yêu cầu|tìm kiếm)
    您(?:访问|要找)的(?:页面|网页)
    お探しのページ
    """
)

BOT_CHECK = _any_of(
    r"""
    just a moment\.\.\.
    checking (?:if the site connection is secure|your browser)
    (?:verify|verifying|confirm) (?:that )?you are (?:a )?human
    are you a robot
    i'm not a robot
    unusual (?:traffic|activity) from
    enable cookies and reload
    attention required
    access to this page has been denied
    complete the (?:security check|captcha)
    ddos protection
    pardon our interruption
    请完成(?:安全)?验证
    人机验证
    """
)

NEEDS_SCRIPTS = _any_of(
    r"""
    (?:enable|turn on|activate|requires?|needs?|without|allow) (?:js|javascript)\b
    javascript (?:is |to be |has been )?(?:not )?(?:disabled|required|enabled|turned off|supported|must be)
    javascript (?:aktivieren|einschalten)
    activer (?:le )?javascript
    (?:bật|kích hoạt) javascript
    (?:启用|啟用|开启|開啟)\s*javascript
    javascript\s*を有効
    """
)

CONSENT = tuple(
    re.compile(sign.strip(), re.I)
    for sign in r"""
    accept all|alle (?:cookies )?akzeptieren|tout accepter|aceptar tod[oa]s?|chấp nhận tất cả|接受所有|すべて同意
    reject all|alle ablehnen|tout refuser|rechazar tod[oa]s?|từ chối tất cả|全部拒绝|すべて拒否
    manage (?:your )?(?:options|preferences|settings|choices|cookies|consent)
    we (?:value|respect|care about) your privacy
    your privacy (?:choices|settings|matters)
    before you continue
    our (?:[0-9]+ )?(?:trusted )?partners
    legitimate interest
    (?:we|uses?|using|stores?|sets?) (?:and similar )?cookies
    cookie (?:policy|settings|preferences|notice)|chính sách cookie|cookie-richtlinie
    consent|einwilligung|sự đồng ý
    personali[sz]ed (?:ads|advertising|content)|personalisierte
    """.strip().splitlines()
)
"""Signs of which one alone proves nothing: articles are written about cookies."""

MEMBERS_ONLY = _any_of(
    r"""
    (?:subscribe|sign (?:up|in)|register|log ?in|join|upgrade)(?: now| today| or [a-z ]{4,9})? to (?:continue|keep)
    (?:subscribe|sign (?:up|in)|register|log ?in|join|upgrade)(?: now| today)? to (?:read|view|access) (?:this|the)
    to (?:continue|keep) reading,? (?:this|please|subscribe|sign|log|register|become)
    (?:article|story|content) is (?:only )?(?:for|available to) (?:paying )?(?:subscribers|members)
    (?:subscribers|members)[- ]only
    unlock (?:this|the full) (?:article|story)
    you(?:'ve| have) reached your (?:free )?(?:article )?limit
    nur für abonnenten
    réservé aux abonnés
    đăng nhập để (?:đọc|xem|tiếp tục)
    dành (?:riêng )?cho (?:thuê bao|thành viên)
    (?:登录|登入|登錄|订阅|訂閱)后?(?:即可|才能|继续|查看|閱讀|阅读)
    有料会員限定
    続きを読むには
    ログインして
    """
)
