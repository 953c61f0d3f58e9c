"""Article files of a folder: which are found, in what order, and what is named that cannot be read."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from retrieval.articles import article_files, article_id, parse_file, read_article
from retrieval.errors import ArchiveError, ArticleError

Writer = Callable[[dict[str, str]], Path]


def names(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in article_files(folder)]


def warning(caplog: pytest.LogCaptureFixture) -> str:
    (record,) = caplog.records
    return record.getMessage()


def test_articles_are_found_in_order_and_hidden_ones_left(write: Writer) -> None:
    kept = ["2024/a.txt", "2024/mars/b.md", "a.txt", "é.markdown", "Z.TXT"]
    left = [".cache.txt", ".git/a.md", "2024/.x/b.txt", "a.pdf", "a"]
    folder = write(dict.fromkeys(kept + left, "Le Mali"))
    (folder / "dossier.txt").mkdir()
    assert sorted(names(folder)) == sorted(kept)
    assert article_files(folder) == sorted(article_files(folder))


def test_a_folder_in_a_hidden_place_is_read_all_the_same(write: Writer) -> None:
    assert names(write({".archives/a.txt": "Le Mali."}) / ".archives") == ["a.txt"]


def test_a_folder_without_articles_says_what_to_put_there(write: Writer) -> None:
    folder = write({"a.pdf": "x"})
    with pytest.raises(
        ArchiveError, match=r"holds no article: put files ending in \.txt, \.md, \.markdown in it"
    ):
        article_files(folder)


def test_a_folder_that_is_not_there_or_a_file_is_said(write: Writer) -> None:
    folder = write({"a.txt": "x"})
    for path in (folder / "absent", folder / "a.txt"):
        with pytest.raises(ArchiveError, match="There is no folder"):
            article_files(path)


def test_linked_folders_and_files_are_read_once_each(write: Writer, caplog: pytest.LogCaptureFixture) -> None:
    folder = write({"2024/a.txt": "x", "b.txt": "x", "../away/deep/c.txt": "x", "../lone.txt": "x"})
    (folder / "0latest").symlink_to(folder / "2024")  # comes before 2024, but is the link
    (folder / "away").symlink_to("../away")
    (folder / "deep").symlink_to("../away/deep")
    (folder / "a-copy.txt").symlink_to("b.txt")
    (folder / "lone.txt").symlink_to("../lone.txt")
    (folder / "note").symlink_to("../lone.txt")  # not named as an article
    assert names(folder) == ["2024/a.txt", "away/deep/c.txt", "b.txt", "lone.txt"]
    assert not caplog.records
    assert read_article(folder / "away/deep/c.txt", folder).path == "away/deep/c.txt"


def test_links_that_lead_nowhere_or_back_are_named_in_one_warning(
    write: Writer, caplog: pytest.LogCaptureFixture
) -> None:
    folder = write({"2024/a.txt": "x", "../away/c.txt": "x", "../sibling.txt": "x"})
    (folder / "2024/up").symlink_to("..")
    (folder / "above").symlink_to(folder.parent)
    (folder / "self").symlink_to("self")
    (folder / "gone").symlink_to("../offline")
    (folder / "gone.txt").symlink_to("nothing.txt")
    (folder / "away").symlink_to("../away")
    (folder.parent / "away/back").symlink_to(folder)
    assert names(folder) == ["2024/a.txt", "away/c.txt"]
    said = warning(caplog)
    for name in ("2024/up", "above", "away/back"):
        assert f"{name} (a link to a folder that contains it, remove it)" in said
    for name in ("gone", "gone.txt"):
        assert f"{name} (a broken link, mend or remove it)" in said
    assert "self (it cannot be read: Too many levels of symbolic links)" in said
    assert str(folder) in said


def test_many_broken_links_are_counted(write: Writer, caplog: pytest.LogCaptureFixture) -> None:
    folder = write({"a.txt": "x"})
    for number in range(25):
        (folder / f"gone{number}").symlink_to("nothing")
    assert names(folder) == ["a.txt"]
    assert warning(caplog).endswith("; and 15 more.")


def test_a_folder_that_may_not_be_opened_is_named_and_the_rest_is_read(
    write: Writer, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write({"a.txt": "x", "secret/b.txt": "x"})
    scandir = os.scandir

    def refuse(path: str | Path) -> object:  # root, who runs some tests, may open everything
        if Path(path).name in refused:
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    refused = {"secret"}
    assert names(folder) == ["a.txt"]
    assert "secret (it cannot be read: Permission denied)" in warning(caplog)
    refused = {folder.name}
    with pytest.raises(ArchiveError, match=r"cannot be read \(Permission denied\): check its permissions"):
        article_files(folder)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps names that are not Unicode")
def test_names_that_are_not_unicode_are_named(write: Writer, caplog: pytest.LogCaptureFixture) -> None:
    """Archives of the nineties have names in Latin-1."""
    folder = write({"a.txt": "Le Mali."})
    (folder / "\udce9lection.txt").write_bytes(b"Le Niger.")
    (folder / "\udce9t\udce9").mkdir()
    (folder / "\udce9t\udce9" / "b.txt").write_bytes(b"Le Niger.")
    assert names(folder) == ["a.txt"]
    for name in (r"\xe9lection.txt", r"\xe9t\xe9"):
        assert f"{name} (its name is not Unicode, rename it)" in warning(caplog)


def test_a_file_that_vanished_or_is_forbidden_is_an_article_error(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match=r"parti\.txt cannot be read \(No such file or directory\)"):
        parse_file(tmp_path / "parti.txt", tmp_path)


def test_an_identifier_is_the_path_s_and_short(write: Writer) -> None:
    folder = write(dict.fromkeys(["a.txt", "journal/é.txt", "journal/a.txt"], "Le Mali."))
    found = [read_article(path, folder) for path in article_files(folder)]
    assert [article.id for article in found] == [article_id(name) for name in names(folder)]
    assert len({article.id for article in found}) == 3
    assert all(len(article.id) == 12 for article in found)
