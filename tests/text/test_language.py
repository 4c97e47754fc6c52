"""The one guesser of languages."""

import subprocess
import sys

import pytest

from enrich.text.language import choose_language, differ, guess_language

SENTENCES = {
    "en": "The ferry will stay in the harbour until the wind has turned.",
    "de": "Die Fähre bleibt im Hafen, bis sich der Wind gedreht hat.",
    "fr": "Le bac restera au port tant que le vent n'aura pas tourné.",
    "es": "El transbordador se quedará en el puerto hasta que cambie el viento.",
    "pt": "A balsa vai ficar no porto até que o vento mude de direção.",
    "it": "Il traghetto resterà in porto finché il vento non sarà cambiato.",
    "nl": "De veerboot blijft in de haven totdat de wind gedraaid is.",
    "sv": "Färjan stannar i hamnen tills vinden har vänt.",
    "pl": "Prom pozostanie w porcie, dopóki wiatr się nie zmieni.",
    "cs": "Trajekt zůstane v přístavu, dokud se vítr neotočí.",
    "hu": "A komp a kikötőben marad, amíg meg nem fordul a szél.",
    "fi": "Lautta pysyy satamassa, kunnes tuuli on kääntynyt.",
    "ro": "Feribotul va rămâne în port până când se schimbă vântul.",
    "tr": "Feribot rüzgâr dönene kadar limanda kalacak.",
    "id": "Kapal feri itu akan tetap berada di pelabuhan sampai angin berubah arah karena cuaca buruk.",
    "vi": "Chiếc phà sẽ ở lại bến cảng cho đến khi gió đổi chiều.",
    "ru": "Паром останется в гавани, пока не переменится ветер.",
    "uk": "Пором залишиться в гавані, доки не зміниться вітер.",
    "bg": "Фериботът ще остане в пристанището, докато вятърът се обърне.",
    "el": "Το πορθμείο θα μείνει στο λιμάνι μέχρι να γυρίσει ο άνεμος.",
    "ar": "ستبقى العبارة في الميناء حتى تتغير الرياح.",
    "he": "המעבורת תישאר בנמל עד שהרוח תשתנה.",
    "fa": "کشتی تا زمانی که باد تغییر کند در بندر می‌ماند.",
    "hi": "हवा बदलने तक नौका बंदरगाह में ही रहेगी।",
    "th": "เรือข้ามฟากจะจอดอยู่ที่ท่าเรือจนกว่าลมจะเปลี่ยนทิศ",
    "ja": "風向きが変わるまでフェリーは港にとどまる。",
    "zh": "在风向转变之前，渡轮将停留在港口。",
    "ko": "바람이 바뀔 때까지 여객선은 항구에 머무를 것이다.",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_one_sentence_is_enough(language: str) -> None:
    """Short texts of the languages that our users read are told apart."""
    assert guess_language(SENTENCES[language]) == language


@pytest.mark.parametrize("text", ["", "12,345 - 7B", "GPT", "An article.", "\ud800"])
def test_what_says_too_little_is_no_language(text: str) -> None:
    """No language is better than a wrong one."""
    assert guess_language(text) == ""


@pytest.mark.parametrize(
    ("declared", "text", "language"),
    [
        (["en-US"], "An article.", "en"),
        (["EN"], "An article.", "en"),
        (["vi_VN"], "Một bài báo.", "vi"),
        ([""], "An article.", ""),
        (["english", "fr"], "An article.", "fr"),
        ([], "", ""),
        (["en"], SENTENCES["de"], "de"),
        (["de"], SENTENCES["en"], "en"),
        (["en"], "这是一篇关于人工智能模型的文章。", "zh"),
        ([""], "これは人工知能モデルについての記事です。", "ja"),
        (["zh-Hant-TW"], "这是一篇文章", "zh"),
        (["ja"], "漢字多数記事", "ja"),
        (["en"], "The word 模型 means model.", "en"),
        (["nb"], "Rådet stemmer over planen 12. juni.", "nb"),
        (["da"], "Rådet stemmer over planen 12. juni.", "da"),
    ],
)
def test_the_text_decides(declared: list[str], text: str, language: str) -> None:
    """A template's declaration counts for texts that say too little, and between near relatives only."""
    assert choose_language(text, declared) == language


def test_languages_that_differ() -> None:
    """Unknown languages differ from none; regions of one language are the same."""
    assert differ("de", "en")
    assert not differ("", "en")
    assert not differ("en-GB", "en")


def test_the_model_is_read_by_those_who_guess() -> None:
    """A command whose texts are plainly English does not wait for the model, nor does one that guesses nothing."""
    text = " ".join(6 * ["The ferry will stay in the harbour until the wind has turned, and it is not known when."])
    program = f"""
import sys, enrich.text.language as language
print(language.guess_language({text!r}), language.is_model_read(), "py3langid" in sys.modules)
print(language.guess_language({SENTENCES["de"]!r}), language.is_model_read())
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["en", "False", "False", "de", "True"]
