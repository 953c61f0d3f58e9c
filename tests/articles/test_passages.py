"""Paragraphs of an article: exact slices of its file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.articles import article_files, parse, parse_file, split_passages
from retrieval.articles.passages import MOST_PARAGRAPHS
from retrieval.errors import ArticleError

SEEDS = Path(__file__).parents[2] / "seeds"
PIECES = [
    *(
        "\r\n",
        "\n",
        "\r",
        "\n\n",
        "\r\n\r\n",
        " \n \n",
        "\x0c",
        "\x00",
        "\ufeff",
        "\u2028",
        "\x85",
        "\t",
        " ",
    ),
    *(
        "Le Mali.",
        "« Oui\u202f»",
        "# Titre",
        "## Sous-titre #",
        "---",
        "***",
        "* * *",
        "date 2025-04 ",
        "1. a",
    ),
    *(
        "مرحبا بالعالم",
        "שלום",
        "😀",
        "👩‍🚒",
        "<b>gras</b>",
        "e\u0301",
        "```\ncode\n```",
        "title: x",
        "| a | b |",
    ),
]
DOCUMENTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.text(st.characters(codec="utf-8"))
)


def paragraphs(text: str, name: str = "a.txt") -> list[str]:
    (article,) = parse(text.encode(), name)
    return [passage.text for passage in split_passages(article)]


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@given(text=DOCUMENTS)
def test_every_passage_is_an_exact_slice_of_its_file(name: str, text: str) -> None:
    try:
        (whole,) = parse(text.encode(), name)
    except ArticleError:  # no text, or broken front matter
        return
    assert whole.text == text
    position = whole.body
    for number, passage in enumerate(split_passages(whole), 1):
        assert text[passage.start : passage.end] == passage.text == passage.text.strip()
        assert passage.start >= position
        assert any(c.isalnum() for c in passage.text)
        assert (passage.paragraph, passage.article_id) == (number, whole.id)
        position = passage.end


@given(
    st.lists(st.sampled_from(["Un.", "Deux\nlignes.", "#trois", "4", "é" * 50, "l’eau\tfroide"]), min_size=1)
)
def test_blank_lines_part_paragraphs_and_nothing_is_lost(written: list[str]) -> None:
    for blank in ("\n\n", "\r\n\r\n", "\n \t\n\n", "\r\r"):
        assert paragraphs(blank.join(written)) == written


def test_the_bytes_on_disk_are_the_slice() -> None:
    text = "\ufeffdate 2025-04 Un\r\nmot.\r\n\r\nL’été\x00 😀.\r\n"
    (whole,) = parse(text.encode(), "a.txt")
    assert [text[p.start : p.end] for p in split_passages(whole)] == ["Un\r\nmot.", "L’été\x00 😀."]


def test_the_seed_article() -> None:
    (file,) = article_files(SEEDS)
    (whole,) = parse_file(file, SEEDS)
    passages = split_passages(whole)
    assert (whole.published, whole.path, whole.source) == ("2025-04", file.name, file.name)
    assert len(passages) == 5
    assert passages[0].text.startswith("Les ministres des Affaires étrangères du Mali")
    assert passages[3].text.startswith("Une décision officialisée le 29 janvier.")


def test_headings_and_rules_are_not_paragraphs() -> None:
    text = "# Titre\n\nUn.\n\n---\n\n## Suite\nDeux.\n\n* * *\n\n### Fin\n"
    assert paragraphs(text, "a.md") == ["Un.", "Deux."]


def test_words_between_two_rules_are_the_article_s() -> None:
    assert paragraphs("---\n\nUn.\n\n---\n\nDeux.", "a.md") == ["Un.", "Deux."]


def test_passages_are_numbered_from_one_and_named_after_their_article() -> None:
    (whole,) = parse("Un.\n\n…\n\nDeux.".encode(), "a.txt")
    assert [(p.id, p.paragraph) for p in split_passages(whole)] == [
        (f"{whole.id}#1", 1),
        (f"{whole.id}#2", 2),
    ]


def test_an_article_of_too_many_paragraphs_is_refused_with_the_remedy() -> None:
    (most,) = parse(b"a\n\n" * MOST_PARAGRAPHS, "a.txt")
    assert split_passages(most)[-1].paragraph == MOST_PARAGRAPHS == 32_767
    (more,) = parse(b"a\n\n" * (MOST_PARAGRAPHS + 1), "2024/gros.txt")
    with pytest.raises(ArticleError, match=r"2024/gros\.txt has more than 32767 paragraphs: split it"):
        split_passages(more)
