"""An index in step with its sources: what cannot be read is named, and locks are waited for."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fakes import HashEncoder, counts, sources, write_articles
from filelock import FileLock

import retrieval
from retrieval.errors import ArchiveError
from retrieval.index.manifest import Manifest
from retrieval.ingest import synchronising
from retrieval.ingest.analysis import ANALYSIS


def test_a_bad_file_is_named_and_the_others_are_kept(
    folder: Path, encoder: HashEncoder, caplog: pytest.LogCaptureFixture
) -> None:
    bad = {"latin.txt": "Élu à Niamey".encode("latin-1"), "vide.txt": "", "x.md": "---\na: [\n---\nb"}
    with retrieval.open(write_articles(folder, bad)) as archive:
        assert counts(archive) == (12, 24)
        assert sources(archive.search("tramway"))[0] == "2023/tramway.txt"
    named = [record.getMessage().split(" ")[0] for record in caplog.records]
    assert named == ["latin.txt", "vide.txt", "x.md"]
    assert "save it as UTF-8" in caplog.text


def test_a_file_that_went_bad_is_no_longer_quoted(
    folder: Path, encoder: HashEncoder, caplog: pytest.LogCaptureFixture
) -> None:
    retrieval.open(folder).close()
    write_articles(folder, {"2023/tramway.txt": "Le tramway arrêté".encode("latin-1")})
    with retrieval.open(folder) as archive:
        assert "2023/tramway.txt" not in sources(archive.search("tramway", k=100))
        assert counts(archive) == (11, 22)
    assert "2023/tramway.txt is not UTF-8" in caplog.text


@pytest.mark.parametrize(
    ("articles", "complaint"),
    [
        ({"a.txt": b"\xff"}, r"^a\.txt is not UTF-8 .*save it as UTF-8\.$"),
        (
            {"a.txt": b"\xff", "b.txt": b""},
            r"^None of these 2 articles can be read\. The first: a\.txt is not UTF-8",
        ),
        ({"a.md": "# Titre seul"}, r"^These articles hold no paragraph, only titles: write their text"),
    ],
)
def test_a_folder_of_bad_files_alone_is_one_clear_sentence(
    articles: dict[str, str | bytes],
    complaint: str,
    tmp_path: Path,
    encoder: HashEncoder,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for _ in range(2):
        with pytest.raises(ArchiveError, match=complaint):
            retrieval.open(write_articles(tmp_path / "mauvais", articles))
    assert caplog.text == ""


def test_progress_counts_what_is_read_unchanged_and_unreadable(folder: Path, encoder: HashEncoder) -> None:
    retrieval.open(folder).close()
    write_articles(folder, {"mauvais.txt": b"\xff", "neuf.txt": "Le phare ferme."})
    told: list[tuple[int, int]] = []
    retrieval.opening.open_archive(folder, progress=lambda *done: told.append(done)).close()
    assert told[-1] == (14, 14)


def test_who_opens_a_cache_that_another_is_making_waits_for_it(folder: Path, encoder: HashEncoder) -> None:
    """Seen from outside, a cache in the making looks like a damaged one: it has no manifest yet."""
    with retrieval.open(folder) as archive:
        cache = archive.folder
    (cache / "manifest.json").unlink()
    (cache / "precious").touch()
    with ThreadPoolExecutor(1) as threads:
        with FileLock(cache / "lock"):
            second = threads.submit(lambda: retrieval.open(folder).close())
            with pytest.raises(TimeoutError):
                second.result(timeout=0.3)
            Manifest.of(encoder, ANALYSIS).write(cache)
        second.result(timeout=30)
    assert (cache / "precious").exists(), "it was sound in the end: nothing was dropped"


def test_a_process_that_holds_the_index_too_long_is_named(
    folder: Path, encoder: HashEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with retrieval.open(folder) as archive:
        cache = archive.folder
    monkeypatch.setattr(synchronising, "LOCK_SECONDS", 0.1)
    with (
        FileLock(cache / "lock"),
        pytest.raises(ArchiveError, match=r"Another process .*wait for it to end, or stop"),
    ):
        retrieval.open(folder)
