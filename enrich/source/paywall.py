"""What walls and error pages say, in the languages of the pages that our users read.

Texts are matched in normal form (straight quotes, single spaces), without regard to case.
"""

import re

from enrich.text.pattern import lazy_pattern


def _sign(pattern: str) -> re.Pattern[str]:
    return lazy_pattern(pattern, re.IGNORECASE)


def _any_of(listing: str) -> re.Pattern[str]:
    """One sign out of one alternative a line; a space stands for itself."""
    return _sign("|".join(f"(?:{line.strip()})" for line in listing.strip().splitlines()))


_CODE = r"(?:http |error |code )*(?:40[034]|410|50[0234])"
_THING = r"(?:the |this |that |your )?(?:requested )?(?:page|file|article|story|content|url)"

ERROR_TITLE = _sign(
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
        nothing (?:was )?found(?: here)?
        we (?:could(?: not|n't)|can(?:no|')?t) find (?:that|this|the|your) page
        (?:looks like )?you(?:'re| are) lost
        (?:this|the) page (?:has been|was) (?:moved|removed|deleted)(?: or (?:moved|removed|deleted))?
        something went wrong|an (?:unexpected )?error (?:has )?occurred|too many requests
        (?:down for|under|site (?:is )?(?:down for|under)|scheduled) maintenance
        we(?:'ll| will) be (?:right )?back(?: soon)?
        (?:.{1, 40} is|this domain is) for sale|domain (?:name )?for sale|account suspended
        pagina niet gevonden|страница не найдена|الصفحة غير موجودة
        strona nie została znaleziona|sidan hittades inte|sayfa bulunamadı
        """
    ).pattern
    + rf")(?:\W*(?:{_CODE}|error|fehler|sorry))*\W*"
)
"""A whole title that says that there is no page."""

ERROR_TEXT = _any_of(
    r"""
    (?:page|article|story|url|content) (?:that )?you(?:'re| are| were)? (?:looking for|requested|trying to)
    (?:page|article) (?:not|could not be|couldn't be|can't be|cannot be) found
    404 (?:error|not found)
    (?:it looks like )?nothing was found (?:at this location|here)
    (?:page|link) (?:you (?:followed|clicked|requested) )?(?:may|might) be broken
    (?:page|article|story) (?:you requested )?(?:may|might) have (?:been )?(?:moved|removed|deleted|expired)
    (?:could(?: not|n't)|can(?:no|')?t|can not|unable to) (?:find|locate) (?:the|this|that|your) (?:page|article|story)
    (?:this|the) (?:page|article|story|content) (?:isn't|is not|is no longer) available
    die (?:gesuchte|angeforderte|gewünschte) seite|diese seite (?:existiert|gibt es) (?:leider )?nicht
    la page (?:demandée|que vous (?:cherchez|recherchez|demandez))
    la página que (?:busca|buscas|está buscando|solicitó)
    a página que (?:você )?(?:procura|está procurando)|la pagina (?:richiesta|che (?:cerchi|stai cercando))
    de (?:opgevraagde )?pagina (?:bestaat niet|die je zoekt)|страница,? (?:которую вы|не найдена|не существует)
    we can(?:no|')t find (?:the|that) page
    (?:this )?domain (?:name )?(?:is|may be) for sale|buy this domain|the owner of this domain
    (?:down for|undergoing) (?:scheduled )?maintenance
    trang bạn (?:yêu cầu|tìm kiếm)
    您(?:访问|要找)的(?:页面|网页)
    お探しのページ
    """
)

BOT_TITLE = _any_of(
    r"""
        just a moment\W*
        attention required\W*
        (?:sorry,? )?you(?:'ve| have) been blocked
        (?:access (?:to this page )?(?:has been )?)?(?:denied|blocked|restricted)
        (?:robot|captcha|security|bot|browser|human) (?:check|verification|challenge|protection)\W*
        (?:are you|verify you(?:'re| are)) (?:a |not a )?(?:human|robot)\W*
        (?:are you a )?robot(?: or human)?\?
        pardon our interruption\W*
        making sure you(?:'re| are) not a (?:bot|robot)\W*
        (?:bot|ddos) protection|access (?:to this page )?(?:is )?(?:denied|blocked)
        zugriff verweigert|accès (?:refusé|bloqué)
        one more step\W*
        checking your browser\W*
        (?:安全|人机|人機)(?:验证|驗證|检测|檢測)
        sicherheitsüberprüfung|vérification de sécurité|verificación de seguridad|xác minh bảo mật
        """
)
"""A whole title that says that a robot is suspected."""

LOGIN_TITLE = _any_of(
    r"""
        (?:please )?(?:log ?in|sign ?in|sign ?up|register|create (?:an )?account)(?: to .{1,40})?
        (?:log ?in|sign ?in|sign ?up|register) or (?:log ?in|sign ?in|sign ?up|register).{0,30}
        (?:log ?in|sign ?in|account) required
        (?:anmelden|anmeldung|einloggen)(?: bei .{1,40})?
        (?:se )?connecter|connexion|identifiez-vous
        iniciar sesión|entrar|accedi|inloggen|đăng nhập|войти|вход|تسجيل الدخول
        登录|登錄|登入|ログイン|로그인
        """
)
"""A whole title that asks to log in."""

BOT_CHECK = _any_of(
    r"""
    you (?:have been|are|were) blocked
    your (?:request|access|ip(?: address)?) (?:has been |was |is )(?:temporarily )?blocked
    (?:unable|not able) to access .{1,60}\n?.{0,80}security service
    (?:using|uses?) a security service to protect (?:itself|against)
    verif(?:y|ying) (?:that )?you(?:'re| are) (?:not a robot|a human|human)
    (?:press|click)(?: and| &) hold (?:the button|to confirm)
    (?:complete|solve|fill in) (?:the|this) (?:captcha|puzzle|challenge)
    automated (?:access|requests|queries|traffic)(?: from| to|\b)
    why (?:have i been|was i) blocked
    bestätigen sie,? dass sie (?:kein roboter|ein mensch)
    (?:vérifi|confirm)er? que vous (?:n'êtes pas un robot|êtes humain)
    (?:no (?:soy|eres) un robot|verifi\w+ que (?:eres|usted es) humano)
    xác (?:minh|nhận) (?:bạn|rằng bạn) (?:không phải|là)
    подтвердите,? что вы не робот
    ロボットではありません|로봇이 아닙니다
    just a moment\.\.\.
    checking (?:if the site connection is secure|your browser)
    (?:verify|verifying|confirm) (?:that )?you are (?:a )?human
    are you a robot
    i'm not a robot
    unusual (?:traffic|activity) from
    enable cookies and reload
    making sure you(?:'re| are) not a (?:bot|robot)
    protect (?:the|this|our) (?:server|site|website)s? (?:against|from) .{0,40}(?:scrap|bots?\b|attack)
    attention required
    access to this page has been denied
    complete the (?:security check|captcha)
    ddos protection
    pardon our interruption
    请完成(?:安全)?验证
    人机验证
    """
)

WITHHELD = _any_of(
    r"""
    (?:451\W+)?(?:this (?:page|content|site) is )?unavailable (?:due to|for) legal reasons
    (?:not|un)available in your (?:country|region|location)|not accessible (?:from|in) your (?:country|region)
    general data protection regulation .{0,40}\n?.{0,80}access cannot be granted
    in (?:ihrem|deinem) land nicht verfügbar|pas disponible dans votre pays
    no está disponible en (?:su|tu) (?:país|región)
    """
)
"""What says that a page is not shown to readers of a country."""

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
    _sign(sign.strip())
    for sign in r"""
    accept all|alle (?:cookies )?akzeptieren|tout accepter|aceptar tod[oa]s?|chấp nhận tất cả|接受所有|すべて同意
    reject all|alle ablehnen|tout refuser|rechazar tod[oa]s?|từ chối tất cả|全部拒绝|すべて拒否
    manage (?:your )?(?:options|preferences|settings|choices|cookies|consent)
    we (?:value|respect|care about) your privacy
    your privacy (?:choices|settings|matters)
    before you continue
    our (?:[0-9]+ )?(?:trusted )?partners|unsere[rn]? (?:[0-9]+ )?partner|nos (?:[0-9]+ )?partenaires|nuestros socios
    (?:mit|ohne) werbung|werbefrei|pur-abo|continuer sans accepter|rechazar y suscribirse
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
    (?:subscribe|sign (?:up|in)|register|log ?in|join|upgrade)(?: now| today)? to (?:read|view|access|see|unlock) this
    (?:subscribe|sign (?:up|in)|register|log ?in|join|upgrade)(?: now| today)? to (?:read|view|access|see|unlock) """
    + r"""the (?:full|rest|whole|entire|complete|article|story|post|page|content)
    you (?:must|need to|have to) (?:be logged in|log ?in|sign in|register) to (?:view|read|see|access|continue)
    please (?:log ?in|sign in|subscribe) to (?:view|read|see|access|continue)
    this (?:page|content|area|post) (?:is private|is restricted|(?:requires|needs) (?:a )?(?:log ?in|subscription))
    (?:weiterlesen|lesen sie weiter|jetzt freischalten) mit |melden sie sich an,? um
    bitte (?:melden sie sich an|einloggen)
    abonnez-vous pour (?:lire|continuer)|connectez-vous pour (?:lire|continuer|accéder)
    (?:suscríbete|suscríbase|inicia sesión|regístrate) para (?:seguir|leer|continuar)
    (?:assine|faça login) para (?:continuar|ler)|abbonati per (?:leggere|continuare)|accedi per (?:leggere|continuare)
    (?:подпишитесь|войдите|зарегистрируйтесь),? чтобы (?:читать|продолжить|прочитать)
    to (?:continue|keep) reading,? (?:this|please|subscribe|sign|log|register|become)
    (?:article|story|content|post|page) is (?:only |exclusively )?(?:for|available to|reserved for) """
    + r"""(?:our )?(?:paying |paid |premium )?(?:subscribers|members)
    (?:subscribers|members)[- ]only
    unlock (?:this|the full) (?:article|story)
    you(?:'ve| have) reached your (?:free )?(?:article )?limit
    nur für abonnenten
    réservée?s? (?:aux|à nos) abonnés|il vous reste .{1,30} (?:à lire|article)
    exclusiv[oa] para (?:suscriptores|assinantes)|s[oó]lo para suscriptores|riservat[oa] agli abbonati
    (?:alleen|exclusief) voor abonnees|lees (?:verder|dit artikel) met
    только для подписчиков|dla (?:subskrybentów|prenumeratorów)
    付费(?:阅读|內容|内容)|(?:会员|會員)(?:专享|專享|限定)|剩余\d+%?未读|유료 ?(?:회원|구독)|구독자 전용|للمشتركين فقط
    đăng nhập để (?:đọc|xem|tiếp tục)
    dành (?:riêng )?cho (?:thuê bao|thành viên)
    (?:登录|登入|登錄|订阅|訂閱)后?(?:即可|才能|继续|查看|閱讀|阅读)
    有料会員限定
    続きを読むには
    ログインして
    """
)
