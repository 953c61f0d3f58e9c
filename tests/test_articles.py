"""Reading article files: what they say of themselves, and paragraphs that are exact slices of them."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import pytest
from conftest import SEEDS
from fakes import ARTICLES, article, write_articles
from hypothesis import given
from hypothesis import strategies as st

from retrieval.articles import article_files, article_id, read_article, split_passages
from retrieval.articles.markdown import read_markdown
from retrieval.articles.plain import read_plain
from retrieval.errors import ArchiveError, ArticleError
from retrieval.types import Article

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


def read(text: str | bytes, tmp_path: Path, name: str = "essai.txt") -> Article:
    write_articles(tmp_path, {name: text})
    return read_article(tmp_path / name, tmp_path)


def paragraphs(text: str, reader: str = "txt") -> list[str]:
    whole = read_markdown(text, "a.md") if reader == "md" else read_plain(text, "a.txt")
    return [passage.text for passage in split_passages(whole)]


@pytest.mark.parametrize("suffix", ["txt", "md"])
@given(text=DOCUMENTS)
def test_every_passage_is_an_exact_slice_of_its_file(suffix: str, text: str) -> None:
    try:
        whole = read_markdown(text, "a.md") if suffix == "md" else read_plain(text, "a.txt")
    except ArticleError:  # front matter that is not
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


def test_the_bytes_on_disk_are_the_slice(tmp_path: Path) -> None:
    text = "\ufeffdate 2025-04 Un\r\nmot.\r\n\r\nL’été\x00 😀.\r\n"
    whole = read(text, tmp_path)
    kept = (tmp_path / "essai.txt").read_bytes().decode()
    assert [kept[p.start : p.end] for p in split_passages(whole)] == ["Un\r\nmot.", "L’été\x00 😀."]


def test_the_seed_article() -> None:
    (file,) = article_files(SEEDS)
    whole = read_article(file, SEEDS)
    passages = split_passages(whole)
    assert (whole.published, whole.path, whole.source) == ("2025-04", file.name, file.name)
    assert len(passages) == 5
    assert passages[0].text.startswith("Les ministres des Affaires étrangères du Mali")
    assert passages[3].text.startswith("Une décision officialisée le 29 janvier.")


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
@pytest.mark.parametrize("read", [read_plain, read_markdown])
def test_a_date_before_the_first_words(header: str, published: str, read: type) -> None:
    whole = read(f"{header}Le Mali.", "a.txt")
    assert whole.published == published
    assert whole.text[whole.body :].strip() == "Le Mali."


@pytest.mark.parametrize(
    "text",
    ["Le Mali, date 2025-04.", "date limite : vendredi", "dates 2025", "date2025-04 x", "Date 2025-04 x"],
)
def test_what_is_not_a_header_is_the_article_s_own_words(text: str) -> None:
    whole = read_plain(text, "a.txt")
    assert (whole.published, whole.body) == (None, 0)


@pytest.mark.parametrize(
    "value", ["2025-13", "2025-02-30", "99/99/9999", "2025-04-00", "0000-00", "//X009", "2012-X1-0"]
)
def test_an_article_with_a_nonsense_date_is_kept_undated(
    value: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for name, text in {
        "a.txt": f"date {value} Le Mali.",
        "a.md": f"---\ndate: {value}\n---\nLe Mali.",
    }.items():
        caplog.clear()
        whole = read(text, tmp_path, name)
        assert whole.published is None
        assert split_passages(whole)[-1].text.endswith("Le Mali.")
        assert f"{name} is kept without a publication date" in caplog.text


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
    whole = read_markdown(mark + ending.join(lines), "a.md")
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
    assert read_markdown(f"---\n{line}\n---\nLe Mali.", "a.md").published == published


@pytest.mark.parametrize("title", ["20:30", "No", "1984", "1_000", "Oui : « non »", "2024-03-05", "é <b>"])
def test_a_title_is_kept_as_it_is_written(title: str) -> None:
    assert read_markdown(f"---\ntitle: '{title}'\n---\nLe Mali.", "a.md").title == title
    if ": " not in title and " :" not in title:
        assert read_markdown(f"---\ntitle: {title}\n---\nLe Mali.", "a.md").title == title


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
    assert read_markdown(text, "a.md").title == title


def test_a_title_of_a_hundred_thousand_signs_is_read_at_once() -> None:
    assert read_markdown("# " + "# " * 100_000 + "x\n\nLe Mali.", "a.md").title


def test_headings_and_rules_are_not_paragraphs() -> None:
    text = "# Titre\n\nUn.\n\n---\n\n## Suite\nDeux.\n\n* * *\n\n### Fin\n"
    assert paragraphs(text, "md") == ["Un.", "Deux."]


def test_words_between_two_rules_are_the_article_s() -> None:
    assert paragraphs("---\n\nUn.\n\n---\n\nDeux.", "md") == ["Un.", "Deux."]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("---\ntitle: [\n---\nLe Mali.", "front matter that is not YAML"),
        ("---\ntitle: Le musée\n\nIl rouvre.", "never closes it"),
    ],
)
def test_broken_front_matter_is_said_with_its_remedy(text: str, complaint: str, tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match=complaint) as error:
        read(text, tmp_path, "a.md")
    assert str(error.value).startswith("a.md ")
    assert "line" in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("Élu à Paris".encode("latin-1"), "a.txt is not UTF-8 (see byte 0): save it as UTF-8."),
        ("Le Mali".encode("utf-16"), "a.txt is not UTF-8 (see byte 0): save it as UTF-8."),
        (b"", "a.txt holds no text"),
        (" \n…\n".encode(), "a.txt holds no text"),
    ],
)
def test_a_file_that_is_no_article_is_named_with_the_remedy(
    content: bytes, complaint: str, tmp_path: Path
) -> None:
    with pytest.raises(ArticleError) as error:
        read(content, tmp_path, "a.txt")
    assert str(error.value).startswith(complaint)


def test_a_file_that_vanished_or_is_forbidden_is_an_article_error(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match=r"parti\.txt cannot be read \(No such file or directory\)"):
        read_article(tmp_path / "parti.txt", tmp_path)


def test_articles_of_a_folder_are_found_in_order_and_hidden_ones_left(tmp_path: Path) -> None:
    write_articles(tmp_path, ARTICLES)
    write_articles(
        tmp_path, dict.fromkeys([".cache.txt", ".git/a.md", "2024/.x/b.txt", "a.pdf", "a"], "Le Mali")
    )
    write_articles(tmp_path, {"MAJUSCULE.TXT": "Le Mali."})
    (tmp_path / "dossier.txt").mkdir()
    found = [path.relative_to(tmp_path).as_posix() for path in article_files(tmp_path)]
    assert set(found) == {*ARTICLES, "MAJUSCULE.TXT"}
    assert article_files(tmp_path) == sorted(article_files(tmp_path))


def test_a_folder_in_a_hidden_place_is_read_all_the_same(tmp_path: Path) -> None:
    folder = write_articles(tmp_path / ".archives", {"a.txt": "Le Mali."})
    assert len(article_files(folder)) == 1


def test_a_folder_without_articles_says_what_to_put_there(tmp_path: Path) -> None:
    write_articles(tmp_path, {"a.pdf": "x"})
    with pytest.raises(
        ArchiveError, match=r"holds no article: put files ending in \.txt, \.md, \.markdown in it"
    ):
        article_files(tmp_path)


def test_a_folder_that_is_not_there_or_a_file_is_said(tmp_path: Path) -> None:
    write_articles(tmp_path, {"a.txt": "x"})
    for path in (tmp_path / "absent", tmp_path / "a.txt"):
        with pytest.raises(ArchiveError, match="There is no folder"):
            article_files(path)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps names that are not Unicode")
def test_a_file_whose_name_is_not_unicode_is_left_with_a_word(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Archives of the nineties have names in Latin-1."""
    write_articles(tmp_path, {"a.txt": "Le Mali."})
    (Path(str(tmp_path)) / "\udce9lection.txt").write_bytes(b"Le Niger.")
    with caplog.at_level(logging.WARNING):
        assert [path.name for path in article_files(tmp_path)] == ["a.txt"]
    assert "lection.txt" in caplog.text
    assert "rename" in caplog.text


def test_an_identifier_is_the_path_s_and_short() -> None:
    names = [article_id(path) for path in [*ARTICLES, "journal/é.txt"]]
    assert len(set(names)) == len(names)
    assert article_id("a.txt") == article_id("a.txt")
    assert all(len(name) == 12 for name in names)


def test_passages_are_numbered_from_one_and_named_after_their_article() -> None:
    whole = article("Un.\n\n…\n\nDeux.")
    assert [(p.id, p.paragraph) for p in split_passages(whole)] == [
        (f"{whole.id}#1", 1),
        (f"{whole.id}#2", 2),
    ]
