"""The language of an article."""

import pytest

from enrich.source.language import find_language


@pytest.mark.parametrize(
    ("declared", "text", "language"),
    [
        ("en-US", "An article.", "en"),
        ("EN", "An article.", "en"),
        ("vi_VN", "Một bài báo.", "vi"),
        ("", "An article.", ""),
        ("english", "An article.", ""),
        ("en", "这是一篇关于人工智能模型的文章。", "zh"),
        ("", "これは人工知能モデルについての記事です。", "ja"),
        ("en", "이것은 인공지능 모델에 관한 기사입니다.", "ko"),
        ("zh-Hant-TW", "这是一篇文章", "zh"),
        ("ja", "漢字多数記事", "ja"),
        ("en", "The word 模型 means model.", "en"),
    ],
)
def test_languages(declared: str, text: str, language: str) -> None:
    """The declaration counts unless the script contradicts it."""
    assert find_language(declared, text) == language
