"""Files of an index that are not what was written: a warning or one sentence, never other words."""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from fakes import ARTICLES, HashEncoder, archive_of, ranker, write_articles

import retrieval
from retrieval.archive import Archive
from retrieval.errors import ArchiveError, DamagedIndexError
from retrieval.index.local import LocalIndex, segments

QUESTIONS = ("cantal médaille", "Qui a été élue à Dakar ?", "Quoi de neuf sur le tramway en 2023 ?")
PAGE = 4_096


def answers(archive: Archive) -> list[str]:
    return [repr(archive.search(question)) for question in QUESTIONS] + [str(archive.timeline("barrage"))]


def answers_or_error(archive: Archive) -> list[str] | DamagedIndexError:
    try:
        return answers(archive)
    except DamagedIndexError as error:
        return error


def opened(folder: Path) -> Archive:
    """An index folder opened as it is, with an encoder that is not to embed anything."""
    encoder = HashEncoder()
    return Archive(LocalIndex(folder, encoder.dimension), encoder, ranker(), folder=folder)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an index with a segment on disk, and nothing in the store's log."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segments, "REWRITE_FROM", 8)
        archive = archive_of(ARTICLES, tmp_path_factory.mktemp("damage"))
    archive.index._store.database.run("PRAGMA wal_checkpoint(TRUNCATE)")
    archive.close()
    assert len(list(archive.folder.glob("segment-*"))) == 1
    return archive.folder


@pytest.fixture(scope="module")
def expected(whole: Path) -> list[str]:
    with opened(whole) as archive:
        return answers(archive)


# The segment.


def flip_a_byte(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) * 2 // 3] ^= 0x55
    file.write_bytes(data)


DAMAGES: dict[str, Callable[[Path], None]] = {
    "deleted": Path.unlink,
    "emptied": lambda path: os.truncate(path, 0),
    "cut by one byte": lambda path: os.truncate(path, path.stat().st_size - 1),
    "a byte changed": flip_a_byte,
}


@pytest.mark.parametrize("how", DAMAGES)
def test_a_damaged_file_of_the_segment_is_noticed_and_the_store_read_instead(
    how: str, whole: Path, expected: list[str], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (segment,) = whole.glob("segment-*")
    files = sorted(file.relative_to(whole) for file in segment.iterdir())
    assert {file.suffix for file in files} == {".npy", ".faiss", ".json"}
    for file in files:
        folder = shutil.copytree(whole, tmp_path / file.name)
        DAMAGES[how](folder / file)
        caplog.clear()
        with opened(folder) as archive:
            assert answers(archive) == expected, f"{file} {how}"
        assert "is damaged" in caplog.text
        assert "it is read from the store" in caplog.text


def test_a_segment_that_is_gone_is_read_from_the_store(
    whole: Path, expected: list[str], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = shutil.copytree(whole, tmp_path / "copy")
    shutil.rmtree(next(folder.glob("segment-*")))
    with opened(folder) as archive:
        assert answers(archive) == expected
    assert "is damaged" in caplog.text


# The store.


def overwrite(store: Path, page: int, data: bytes, at: int = 0) -> None:
    with store.open("r+b") as file:
        file.seek(page * PAGE + at)
        file.write(data)


def pages_of(folder: Path) -> range:
    return range(1, (folder / "store.sqlite").stat().st_size // PAGE)


@pytest.mark.parametrize("seed", range(12))
def test_pages_overwritten_while_it_is_open_are_one_sentence(
    seed: int, whole: Path, expected: list[str], tmp_path: Path
) -> None:
    """Or nothing at all, where no question needs them."""
    folder = shutil.copytree(whole, tmp_path / "copy")
    with opened(folder) as archive:
        for page in random.Random(seed).sample(pages_of(folder), len(pages_of(folder)) // 4):
            overwrite(folder / "store.sqlite", page, bytes(PAGE))
        told = answers_or_error(archive)
        sentence = rf"The index {folder} is damaged \(.*\): delete its folder and build it again\."
        assert told == expected or re.fullmatch(sentence, str(told))


@pytest.mark.parametrize("seed", range(12))
def test_bytes_changed_here_and_there_while_it_is_open_are_one_sentence(
    seed: int, whole: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(whole, tmp_path / "copy")
    drawn = random.Random(seed)
    with opened(folder) as archive:
        for page in pages_of(folder):
            overwrite(folder / "store.sqlite", page, drawn.randbytes(1), drawn.randrange(PAGE // 2, PAGE))
        with suppress(DamagedIndexError):
            answers(archive)


def test_an_overwritten_store_is_never_another_answer(whole: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(whole, tmp_path / "copy")
    with opened(folder) as archive:
        for page in pages_of(folder):
            overwrite(folder / "store.sqlite", page, bytes(PAGE))
        for question in QUESTIONS:
            with pytest.raises(DamagedIndexError):
                archive.search(question)


@pytest.mark.parametrize("byte", [b"X", b"\xff"], ids=["another letter", "no letter"])
def test_a_byte_changed_in_the_text_of_an_article_is_no_wrong_quote(
    byte: bytes, whole: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(whole, tmp_path / "copy")
    data = (folder / "store.sqlite").read_bytes()
    at = data.index(b"Le cantal de la famille")
    assert data.count(b"Le cantal de la famille") == 1
    (folder / "store.sqlite").write_bytes(data[: at + 3] + byte + data[at + 4 :])
    with opened(folder) as archive:
        with pytest.raises(
            DamagedIndexError, match=r"is damaged \(.*\): delete its folder and build"
        ) as error:
            archive.ask("cantal médaille")
        assert "\n" not in str(error.value)
        assert archive.ask("élue à Dakar").answered, "other articles are as they were"


def test_a_cache_whose_store_was_damaged_while_open_is_built_again_at_the_next_opening(
    tmp_path: Path, encoder: HashEncoder, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even where the damage is in what only questions read."""
    monkeypatch.setattr(segments, "REWRITE_FROM", 8)
    folder = write_articles(tmp_path / "journal")
    with retrieval.open(folder) as archive:
        before = answers(archive)
        cache = archive.folder
        archive.index._store.database.run("PRAGMA wal_checkpoint(TRUNCATE)")
    data = (cache / "store.sqlite").read_bytes()
    (cache / "store.sqlite").write_bytes(data.replace(b"Le cantal", b"Le Cantal"))
    encoder.passages.clear()
    with retrieval.open(folder) as archive, pytest.raises(DamagedIndexError):
        archive.search("cantal médaille")
    assert encoder.passages == []
    with retrieval.open(folder) as archive:
        assert answers(archive) == before
    assert "It is in the cache, and is built again now." in caplog.text
    encoder.passages.clear()
    caplog.clear()
    retrieval.open(folder).close()
    assert (encoder.passages, caplog.text) == ([], ""), "once is enough"


@pytest.mark.parametrize(
    "content", [b"not a database at all, only words" * 400, b"SQLite format 3\0" + b"\xff" * PAGE]
)
def test_a_cache_whose_store_is_no_database_is_built_again(
    content: bytes, folder: Path, encoder: HashEncoder, caplog: pytest.LogCaptureFixture
) -> None:
    with retrieval.open(folder) as archive:
        before = answers(archive)
        cache = archive.folder
    (cache / "store.sqlite").write_bytes(content)
    with retrieval.open(folder) as archive:
        assert answers(archive) == before
    assert "is damaged" in caplog.text


def test_an_archive_that_cannot_be_written_is_an_archive_error(whole: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(whole, tmp_path / "copy")
    with opened(folder) as archive:
        archive.index._store.database.run("PRAGMA query_only = ON")
        with pytest.raises(ArchiveError, match="could not be read or changed"):
            archive.remove(list(archive.index.stamps()))
        archive.index._store.database.run("PRAGMA query_only = OFF")
        assert len(archive) == 24
    assert not (folder / "damaged").exists()
