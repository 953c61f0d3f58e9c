"""Parsers by suffix: what every format shares, and plain text."""

from __future__ import annotations

import pytest

from retrieval.articles import PARSERS, parse, split_passages
from retrieval.errors import ArticleError


@pytest.mark.parametrize(
    ("header", "published"),
    [
        (" date 2025-04 ", "2025-04"),
        ("date 2025-04-03\n", "2025-04-03"),
        ("\ufeffdate\t2025\r\n", "2025"),
        ("\n\n date 2025-21\n\n", "2025-21"),
        ("date 2025~ ", "2025~"),
    ],
)
@pytest.mark.parametrize("suffix", PARSERS)
def test_a_date_before_the_first_words(header: str, published: str, suffix: str) -> None:
    (whole,) = parse(f"{header}Le Mali.".encode(), f"a{suffix}")
    assert whole.published == published
    assert whole.text[whole.body :].strip() == "Le Mali."


@pytest.mark.parametrize(
    "text",
    ["Le Mali, date 2025-04.", "date limite : vendredi", "dates 2025", "date2025-04 x", "Date 2025-04 x"],
)
def test_what_is_not_a_header_is_the_article_s_own_words(text: str) -> None:
    (whole,) = parse(text.encode(), "a.txt")
    assert (whole.published, whole.body) == (None, 0)


@pytest.mark.parametrize(
    "value", ["2025-13", "2025-02-30", "99/99/9999", "2025-04-00", "0000-00", "//X009", "2012-X1-0"]
)
def test_an_article_with_a_nonsense_date_is_kept_undated(
    value: str, caplog: pytest.LogCaptureFixture
) -> None:
    for name, text in {
        "a.txt": f"date {value} Le Mali.",
        "a.md": f"---\ndate: {value}\n---\nLe Mali.",
    }.items():
        caplog.clear()
        (whole,) = parse(text.encode(), name)
        assert whole.published is None
        assert split_passages(whole)[-1].text.endswith("Le Mali.")
        assert f"{name} is kept without a publication date" in caplog.text


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("Élu à Paris".encode("latin-1"), "a.txt is not UTF-8 (see byte 0): save it as UTF-8."),
        ("Le Mali".encode("utf-16"), "a.txt is not UTF-8 (see byte 0): save it as UTF-8."),
        (b"", "a.txt holds no text"),
        (" \n…\n".encode(), "a.txt holds no text"),
    ],
)
def test_a_file_that_is_no_article_is_named_with_the_remedy(content: bytes, complaint: str) -> None:
    with pytest.raises(ArticleError) as error:
        parse(content, "a.txt")
    assert str(error.value).startswith(complaint)


def test_a_suffix_is_known_in_any_case_and_an_unknown_one_is_said_with_the_known() -> None:
    assert parse(b"---\ntitle: x\n---\nLe Mali.", "2024/A.MD")[0].title == "x"
    with pytest.raises(ArticleError, match=r"a\.pdf is of no known format: .* \.txt, \.md, \.markdown"):
        parse(b"Le Mali.", "a.pdf")
