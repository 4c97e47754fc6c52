"""Furniture: what stands around and inside an article and is no part of it, such as buttons, labels and credits."""

import re
from collections import Counter
from collections.abc import Sequence

from lxml.html import HtmlElement

from enrich.source.block import SENTENCE_END, Block
from enrich.source.dates import find_dates
from enrich.text.pattern import lazy_pattern
from enrich.text.words import count_words

_ASIDE = frozenset({"aside", "nav", "footer", "figure", "figcaption", "form", "button", "details"})
_ASIDE_CLASS = lazy_pattern(
    r"caption|credit|(?:^|[\s_-])(?:related|promo|newsletter|share|sharing|social)(?:$|[\s_-])", re.I
)
_AD_CLASS = lazy_pattern(
    r"(?:^|[\s_-])(?:ad|ads|adbox|adslot|adsbygoogle|adunit|advert|adverts|advertisement|advertorial|sponsor|sponsored"
    r"|anzeige|werbung|publicite|publicidad|reklama|quangcao)(?:$|[\s_-])",
    re.I,
)
_CONTROLS = ("button", "label", "textarea", "meter", "progress")
_MARK_PARTS = 3
"""Elements inside a footnote's mark. By hand: brackets, a link and a number."""
_LONGEST_MARK = 40
"""Characters of a remark in raised brackets. By hand: `[citation needed]` in any language."""
_AD_BOXES = frozenset({"div", "section", "aside", "li"})
_MOST_OF_AD = 120
"""Words that an advertisement's box has at most: a class may say the same of a whole page."""
_NOTE_MARK = lazy_pattern(r"\W{0,2}(?:(?:note |n\. ?|nb ?)?\d{1,3}|[a-z*†‡§¶↑^#])\W{0,2}", re.I)
_SENTENCE_BEFORE = lazy_pattern(r"[^\W_]{2}[.,;:!?]?[\"”’»)]?[.,;:!?]\Z|[。！？」”]\Z")
_EDIT_LINK = lazy_pattern(
    r"(?:^|[\s_-])(?:mw-editsection|headerlink|anchor-?link|header-anchor|heading-anchor|permalink)(?:$|[\s_-])"
)
_TEXT_MARK = lazy_pattern(
    r"(?<=[^\W\d_][.,;:!?\"”’)])\[\d{1,3}\]|(?<=[.。！？」”\"])\[\d{1,3}\]|(?<=[^\W\d_])\[\d{1,3}\](?=[\s.,;:!?]|$)"
)
_DROP_CAP_HINT = lazy_pattern(r"drop|cap|initial|lettrine|versal|first|float\s*:|font-size", re.I)
_INITIAL = lazy_pattern(r"[\"“«„'‘(¿¡]?[^\W\d_]")
_ONE_LETTER_WORDS = frozenset("aeioyàèéóúаиоуксвяйяєіжб")

_AD = lazy_pattern(
    r"\W*(?:(?:this is an? |paid )?adverti[sz](?:ement|ing)s?|sponsored(?: content| post)?|anzeige|werbung|publicité"
    r"|publicidade?"
    r"|pubblicità|advertentie|annonce?|reklam[ae]?|реклама|إعلان|広告|スポンサーリンク|广告|廣告|광고|quảng cáo|iklan)"
    r"(?:\W+(?:continue reading below|scroll to continue|story continues below.*|article continues below.*))?\W*"
    r"|(?:continue reading(?: the main story| below)?|(?:story|article) continues below|skip advertisement)\W*",
    re.I,
)
_SEE = lazy_pattern(
    r"\W*(?:(?:read|see|watch)(?: (?:more|also|next))?|also (?:read|see)|more(?: on this)?|don['’]t miss|recommended"
    r"|related(?: (?:story|stories|articles?|coverage))?|mehr (?:zum thema|dazu)|lesen sie (?:auch|mehr)"
    r"|auch interessant|(?:à )?lire (?:aussi|également)|voir aussi|le[ea] (?:también|además|más)|leggi anche"
    r"|leia (?:também|mais)|lees (?:ook|meer)|xem thêm|đọc thêm|читайте также|по теме|اقرأ (?:أيضا|أيضًا|المزيد)"
    r"|あわせて読みたい|関連記事|相关(?:阅读|新闻)|延伸阅读|관련 ?기사)\s?(?:[:：|>»–—-]|$)",
    re.I,
)
_BRACKETED = lazy_pattern(r"(?:[【\[［][^】\]］]{1,40}[】\]］]\s*)+")
_RIGHTS = lazy_pattern(
    r"\W*(?:©|\(c\)|copyright|all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos"
    r"|저작권|ⓒ|未经授权|未經授權|版权所有|無断転載|bản quyền|все права)",
    re.I,
)
_ENDS_WITH_MAIL = lazy_pattern(r"\S@[\w-]{1,60}\.[\w.]{2,60}\W?\Z")
_MACHINE_LINE = lazy_pattern(
    r".*\d{4}-\d\d-\d\dT\d\d:\d\d.*|\S+\.(?:zip|tar\.\w+|tgz|exe|dmg|deb|rpm|apk|msi|whl|jar|iso|pkg|AppImage|sha256|asc|sig)\b.*"
    r"|.{0,80}\b\d+(?:\.\d+)? ?[KMG]i?B",
    re.I,
)
_BY = lazy_pattern(
    r"(?:(?:written |posted |words |story |text )?by|von|par|por|di|door|bởi|автор|текст|av|af|przez)\b[:\s]+"
    r"(?=\W*[^\W\d_])",
    re.I,
)
_READING_TIME = lazy_pattern(
    r"(?:\D{0,24}\b|\D{0,8})\d{1,3}(?: ?[-–] ?\d{1,3})? ?"
    r"(?:min(?:ute|uten|utes|utos|uti|uter|utter|uten|s|uut|uuttia)?\b\.?|мин\w*\.?|хв\w*\.?|phút|دقائق|دقيقة|分钟|分鐘|分|분|dk|dakika)"
    r"(?:\D{0,24})",
    re.I,
)
_READS = lazy_pattern(r"read|les|leitura|lectura|lecture|lettura|läs|đọc|阅读|閱讀|読|읽|чтен|قراءة|oku|czyt", re.I)
_CREDIT = lazy_pattern(
    r"\W{0,2}(?:责编|主编|监制|字体|(?:责任|責任|本文|执行|網頁|网络)?编辑|(?:責任|本文)?編輯|编审|审核|校对|作者|记者|記者|来源|來源|出处|原标题|文/|图/"
    r"|編集|取材|撮影|執筆|기자|편집|사진|출처"
    r"|(?:additional )?(?:reporting|editing|writing|compiled|translated) by"
    r"|(?:photo|photograph|image|illustration|picture|video|graphic)s? by"
    r"|(?:contributing |chief |managing )?editor|photo(?: credit)?|image(?: credit)?|source|credit|via"
    r"|redaktion|redakteur(?:in)?|quelle|foto|bild|bearbeitung|autor(?:in)?|mitarbeit"
    r"|rédaction|crédit(?: photo)?|photographie|édition|source"
    r"|edición|redacción|fuente|crédito|imagen|reportaje|edição|redação|fonte|reportagem|redazione|immagine"
    r"|redactie|bron|beeld|biên tập|theo|nguồn|ảnh|источник|редактор|фото|المصدر|تحرير|تصوير)\s?[:：/|](?=\s?\S)",
    re.I,
)
_BRACKETED_CREDIT = lazy_pattern(r"[(（\[【].*\b(?:reporting|editing|writing) by\b.*[)）\]】]", re.I)
_CREDIT_WORDS = 12
"""Words of a credit. By hand: a longer line says something; fixtures/pages are read alike from 8 to 20."""
_LABEL_WORDS = 4
"""Words of a label. By hand; fixtures/pages are read alike from 2 to 8."""
_LEAD_WORDS = 14
"""Words of a label above the first paragraph; of one that says what it is, twice as many. By hand; fixtures/pages are
read alike from 10 to 20."""
_CAPTION_WORDS = 20
"""Words of a caption without an end; its box has twice as many. By hand; fixtures/pages are read alike from 5 to 30."""
_HALF = 0.5
"""Share of the characters that are links, from which a line refers to something else. By hand; fixtures/pages are read
alike from .2 to .8."""
_NAMED = 0.3
"""The same for a line that names somebody by a link. By hand; fixtures/pages are read alike from .1 to .3."""
_REPEATED = 3
"""Times from which a short line is a label. By hand: a refrain of two may be meant."""
_BYLINE_CLASS = lazy_pattern(r"(?:^|[\s_-])(?:byline|dateline|timestamp|read(?:ing)?-?time)(?:$|[\s_-])", re.I)


def drop_furniture(tree: HtmlElement) -> None:
    """Remove controls, footnote marks, edit links and boxes of advertisements, and mend drop caps, in place."""
    found = [element for element in tree.iter(*_CONTROLS)]
    found += [element for element in tree.iter("sup", "a", "span") if _is_mark(element)]
    for element in found:
        if element.getparent() is not None:
            element.drop_tree()
    for element in [
        element for element in tree.iter("div", "section", "p", "li", "aside", "span", "ins") if _is_ad(element)
    ]:
        if element.getparent() is not None:
            element.drop_tree()
    for element in [element for element in tree.iter("p", "div", "span", "small") if _labels_ad(element)]:
        if element.getparent() is not None and element.getparent().getparent() is not None:
            element.getparent().drop_tree()
    for element in tree.iter("span", "b", "strong", "big", "font", "em", "i"):
        _mend_drop_cap(element)
    for heading in tree.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        _drop_edit_link(heading)
    for element in list(tree.iter("div", "p")):
        _mend_boxed_drop_cap(element)


def is_accessory(block: Block) -> bool:
    """Whether a block stands in a part of the page that accompanies its article: a caption, a menu, a form."""
    inner = block.around[:3]
    return any(element.tag in _ASIDE for element in block.around) or any(
        _ASIDE_CLASS.search(element.get("class", "")) for element in inner
    )


def trim_furniture(blocks: Sequence[Block], locale: str = "") -> list[str]:
    """The texts of an article's blocks without labels, credits, reading times and lists of files.

    Dates above the first paragraph are read in the page's ``locale``.
    """
    counts = Counter(block.text for block in blocks)
    kept = [block for block in blocks if not (_is_never_text(block) or _is_label(block, counts[block.text]))]
    while kept and _is_lead_label(kept[0], locale):
        del kept[0]
    start = next((at for at, block in enumerate(kept) if block.is_prose), len(kept))
    kept = [block for at, block in enumerate(kept) if at >= start or not _is_lead_label(block, locale)]
    while kept and _is_tail_label(kept[-1]):
        del kept[-1]
    return [_TEXT_MARK.sub("", block.text) for block in kept]


def _is_mark(element: HtmlElement) -> bool:
    """Whether an element is a footnote's mark or a link to edit or to point at a heading."""
    if _EDIT_LINK.search(element.get("class", "")):
        return True
    text = element.text_content().strip() if len(element) <= _MARK_PARTS else ""
    if element.tag == "a":
        return element.get("href", "").startswith("#") and bool(_NOTE_MARK.fullmatch(text))
    if element.tag == "sup" and text.startswith("[") and text.endswith("]") and len(text) <= _LONGEST_MARK:
        return True
    if element.tag != "sup" or not _NOTE_MARK.fullmatch(text):
        return False
    linked = any(link.get("href", "").find("#") >= 0 for link in element.iter("a"))
    return linked or text.startswith("[") or (text.isdigit() and bool(_SENTENCE_BEFORE.search(_before(element))))


def _before(element: HtmlElement) -> str:
    """The text right before an element."""
    previous = element.getprevious()
    return str((element.getparent().text if previous is None else previous.tail) or "")


def _drop_edit_link(heading: HtmlElement) -> None:
    """Remove a link in brackets at the end of a heading: `History [edit]`."""
    link = heading[-1] if len(heading) else None
    if link is None or link.tag != "a" or (link.tail or "").strip() != "]":
        return
    before = heading.text if len(heading) == 1 else heading[-2].tail
    if (before or "").rstrip().endswith("["):
        bare = (before or "").rstrip()[:-1]
        if len(heading) == 1:
            heading.text = bare
        else:
            heading[-2].tail = bare
        heading.remove(link)


def _is_ad(element: HtmlElement) -> bool:
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return bool(_AD_CLASS.search(names)) and count_words(element.text_content()) <= _MOST_OF_AD


def _labels_ad(element: HtmlElement) -> bool:
    """Whether an element opens a small box by saying that it is an advertisement."""
    box = element.getparent()
    if len(element) or box is None or box.tag not in _AD_BOXES or element is not box[0] or len(box) < 2:
        return False
    says = bool(_AD.fullmatch(element.text or "")) and not (box.text or "").strip()
    return says and count_words(box.text_content()) <= _MOST_OF_AD / 2


def _mend_drop_cap(element: HtmlElement) -> None:
    """Join the large first letter of a paragraph with its word; the space after `A` and other short words stays."""
    letter, tail = (element.text or "").strip(), element.tail or ""
    if len(element) or not _INITIAL.fullmatch(letter) or not tail.strip()[:1].islower():
        return
    is_word = letter[-1].lower() in _ONE_LETTER_WORDS
    hinted = _DROP_CAP_HINT.search(f"{element.get('class', '')} {element.get('style', '')}")
    opens = element.getprevious() is None and not (element.getparent().text or "").strip()
    if not hinted and (is_word or not opens):
        return
    element.text = letter
    if not is_word:
        element.tail = tail.lstrip()


def _mend_boxed_drop_cap(element: HtmlElement) -> None:
    """Put a large first letter that stands in a box of its own back into the paragraph behind it."""
    letter, behind = (element.text or "").strip(), element.getnext()
    if len(element) or behind is None or not _INITIAL.fullmatch(letter):
        return
    if _DROP_CAP_HINT.search(element.get("class", "")) and (behind.text or "").strip()[:1].islower():
        behind.text = letter + (behind.text or "").lstrip()
        element.drop_tree()


def _is_never_text(block: Block) -> bool:
    text = block.text
    if _AD.fullmatch(text) or not any(map(str.isalnum, text)) or _is_caption(block):
        return True
    if _SEE.match(text) and block.linked > _HALF:
        return True
    if block.words <= _CREDIT_WORDS and _MACHINE_LINE.fullmatch(text):
        return True
    return block.words <= _CREDIT_WORDS and bool(_CREDIT.match(text)) and not text.endswith(".")


def _is_label(block: Block, count: int) -> bool:
    """Whether a short line is said again and again (`reply`), or names somebody by a link and says when."""
    if block.is_prose or block.is_heading or block.words > _LABEL_WORDS * 2 or _is_entry(block):
        return False
    return (count >= _REPEATED and block.words <= _LABEL_WORDS) or block.linked > _NAMED


def _is_entry(block: Block) -> bool:
    """Whether a line is an item of a list or one of a table's rows, where links are at home."""
    row = next((element for element in block.around[:3] if element.tag in ("li", "dd", "dt", "tr")), None)
    return row is not None and (row.tag != "tr" or len(row) > 1)


def _is_caption(block: Block) -> bool:
    """Whether a line without an end shares its box with a picture."""
    if block.text.endswith(SENTENCE_END) or block.is_heading or block.words > _CAPTION_WORDS:
        return False
    boxes = (box for box in block.around[:2] if box.tag not in ("body", "main", "article", "tr", "td"))
    return any(box.find(".//img") is not None and _holds_little(box, 2 * _CAPTION_WORDS) for box in boxes)


def _holds_little(element: HtmlElement, most: int) -> bool:
    words = 0
    for text in element.itertext():
        words += count_words(text)
        if words > most:
            return False
    return True


def _is_lead_label(block: Block, locale: str) -> bool:
    """Whether a line above the first paragraph is a byline, a date, a reading time or a label."""
    if _BYLINE_CLASS.search(block.element.get("class", "")) and block.words <= 2 * _LEAD_WORDS:
        return True
    if _BRACKETED.fullmatch(block.text) or _is_reading_time(block):
        return True
    if not block.is_prose and block.words <= 2 * _LEAD_WORDS and find_dates(block.text, locale):
        return True
    if block.is_prose or block.words > _LEAD_WORDS or (block.text.endswith(SENTENCE_END) and not _BY.match(block.text)):
        return False
    labels = block.words <= _LABEL_WORDS and not block.is_heading and not block.is_row
    return bool(labels or _BY.match(block.text))


def _is_reading_time(block: Block) -> bool:
    text = block.text
    says = not text.endswith(SENTENCE_END) or _READS.search(text)
    return block.words <= 2 * _LEAD_WORDS and bool(says and _READING_TIME.fullmatch(text))


def _is_tail_label(block: Block) -> bool:
    """Whether a line below the last paragraph is a heading of nothing, a credit or a label."""
    text = block.text
    if block.is_heading or _BRACKETED_CREDIT.fullmatch(text) or _BRACKETED.fullmatch(text):
        return True
    if block.words <= _CREDIT_WORDS and (_CREDIT.match(text) or _ENDS_WITH_MAIL.search(text)):
        return True
    if block.words <= 2 * _LEAD_WORDS and _RIGHTS.match(text):
        return True
    if block.is_prose or block.is_row or text.endswith(SENTENCE_END):
        return False
    return block.words <= _LABEL_WORDS or _is_reading_time(block) or block.linked > _HALF
