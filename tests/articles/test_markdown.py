"""Markdown files: front matter, headings, dates."""

from __future__ import annotations

import pytest

from retrieval.articles.markdown import parse_markdown
from retrieval.errors import ArticleError
from retrieval.types import Article


def read_markdown(text: str) -> Article:
    (article,) = parse_markdown(text.encode(), "a.md")
    return article


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_front_matter(ending: str, mark: str) -> None:
    lines = [
        "---",
        "title: Le musée",
        "date: 2022-05",
        "url: https://exemple.org",
        "lang: fr",
        "---",
        "Il rouvre.",
    ]
    whole = read_markdown(mark + ending.join(lines))
    assert (whole.title, whole.published) == ("Le musée", "2022-05")
    assert (whole.source, whole.language) == ("https://exemple.org", "fr")
    assert whole.text[whole.body :].strip() == "Il rouvre."


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("date: 2024", "2024"),
        ("date: 2024-03-05", "2024-03-05"),
        ("date: '2024-03'", "2024-03"),
        ("date: 2024-03-05 10:00:00", "2024-03-05"),
        ("date: 2024-03-05T10:00:00+02:00", "2024-03-05"),
        ("published: 2024-03", "2024-03"),
        ("date:", None),
        ("date: [2024]", None),
    ],
)
def test_a_date_keeps_its_own_precision(line: str, published: str | None) -> None:
    assert read_markdown(f"---\n{line}\n---\nLe Mali.").published == published


@pytest.mark.parametrize("title", ["20:30", "No", "1984", "1_000", "Oui : « non »", "2024-03-05", "é <b>"])
def test_a_title_is_kept_as_it_is_written(title: str) -> None:
    assert read_markdown(f"---\ntitle: '{title}'\n---\nLe Mali.").title == title
    if ": " not in title and " :" not in title:
        assert read_markdown(f"---\ntitle: {title}\n---\nLe Mali.").title == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Le musée #\n\nIl rouvre.", "Le musée"),
        ("# Le musée\r\n\r\nIl rouvre.", "Le musée"),
        ("---\ntitle:\n---\n# Le musée\n\nIl rouvre.", "Le musée"),
        ("---\ntitle: Autre\n---\n# Le musée\n\nIl rouvre.", "Autre"),
        ("## Sous-titre\n\nIl rouvre.", None),
        ("# ##\n\nIl rouvre.", None),
        ("Il rouvre.", None),
    ],
)
def test_the_first_heading_is_the_title_where_none_is_named(text: str, title: str | None) -> None:
    assert read_markdown(text).title == title


def test_a_title_of_a_hundred_thousand_signs_is_read_at_once() -> None:
    assert read_markdown("# " + "# " * 100_000 + "x\n\nLe Mali.").title


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("---\ntitle: [\n---\nLe Mali.", "front matter that is not YAML"),
        ("---\ntitle: Le musée\n\nIl rouvre.", "never closes it"),
    ],
)
def test_broken_front_matter_is_said_with_its_remedy(text: str, complaint: str) -> None:
    with pytest.raises(ArticleError, match=complaint) as error:
        read_markdown(text)
    assert str(error.value).startswith("a.md ")
    assert "line" in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("language", ["fr", "FR", "fr-CA", "fra", "français", "French", "fr_FR.UTF-8"])
def test_a_language_is_kept_as_its_code(language: str) -> None:
    assert read_markdown(f"---\nlang: {language}\n---\nLe Mali.").language == "fr"


@pytest.mark.parametrize("line", ["lang:", "lang: null", "title: x", "lang: [fr, en]"])
def test_no_language_is_no_warning(line: str, caplog: pytest.LogCaptureFixture) -> None:
    assert read_markdown(f"---\n{line}\n---\nLe Mali.").language is None
    assert not caplog.records


def test_an_unknown_language_is_named_and_left_out(caplog: pytest.LogCaptureFixture) -> None:
    assert read_markdown("---\nlang: klingonais\n---\nLe Mali.").language is None
    assert "a.md gives an unknown language, “klingonais”" in caplog.text
