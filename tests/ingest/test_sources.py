"""What tells whether a file has changed: its content, and a status that only spares reading it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from fakes import HashEncoder, archive_of, article, counts, in_its_file, sources

import retrieval
from retrieval.ingest import sources as ingest_sources
from retrieval.ingest.sources import Stamp, content_source

Read = list[str]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Read:
    """The names of the files whose content is read, as they are."""
    names: Read = []
    read_bytes = Path.read_bytes

    def noted(path: Path) -> bytes:
        names.append(path.name)
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", noted)
    return names


@pytest.fixture
def pass_time(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Let so many seconds pass for those who read files."""

    def later(seconds: float) -> None:
        clock = SimpleNamespace(time_ns=lambda: time.time_ns() + int(seconds * 1e9))
        monkeypatch.setattr(ingest_sources, "time", clock)

    return later


def reopened(folder: Path) -> None:
    retrieval.open(folder).close()


def test_a_settled_file_is_not_even_read_again(
    folder: Path, encoder: HashEncoder, read: Read, pass_time: Callable[[float], None]
) -> None:
    pass_time(10)
    reopened(folder)
    assert len(read) == 12
    read.clear()
    reopened(folder)
    assert read == []


def test_a_file_that_changed_within_two_seconds_is_read_again(
    folder: Path, encoder: HashEncoder, read: Read, pass_time: Callable[[float], None]
) -> None:
    """A second change within the same tick of the clock would leave the same times."""
    reopened(folder)
    read.clear()
    encoder.passages.clear()
    reopened(folder)
    assert len(read) == 12
    pass_time(10)
    reopened(folder)
    assert len(read) == 24, "its status was not noted before it had settled"
    reopened(folder)
    assert (len(read), encoder.passages) == (24, [])


def test_a_file_of_the_future_is_never_trusted_before_its_time(
    folder: Path, encoder: HashEncoder, read: Read, pass_time: Callable[[float], None]
) -> None:
    pass_time(10)
    soon = time.time() + 11
    os.utime(folder / "pont.txt", (soon, soon))
    reopened(folder)
    read.clear()
    reopened(folder)
    assert read == ["pont.txt"]


def test_a_file_rewritten_with_the_same_size_and_times_is_read_again(
    folder: Path, encoder: HashEncoder, pass_time: Callable[[float], None]
) -> None:
    pass_time(10)
    reopened(folder)
    file = folder / "2023/tramway.txt"
    status, text = file.stat(), file.read_text()
    file.write_text(text.replace("douze", "seize"))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (status.st_size, status.st_mtime_ns)
    with retrieval.open(folder) as archive:
        hit = archive.search("tramway de Tours", k=1)[0]
        assert "seize kilomètres" in hit.text
        assert in_its_file(hit)


def test_another_file_moved_into_its_place_with_the_same_size_and_times_is_read(
    folder: Path, encoder: HashEncoder, pass_time: Callable[[float], None]
) -> None:
    file, other = folder / "2023/tramway.txt", folder.parent / "other.txt"
    other.write_text(file.read_text().replace("douze", "seize"))
    os.utime(file, (1_700_000_000, 1_700_000_000))
    os.utime(other, (1_700_000_000, 1_700_000_000))
    pass_time(10)
    reopened(folder)
    other.replace(file)
    with retrieval.open(folder) as archive:
        assert in_its_file(archive.search("tramway de Tours", k=1)[0])


def test_files_touched_are_embedded_no_more_and_read_once(
    folder: Path, encoder: HashEncoder, read: Read, pass_time: Callable[[float], None]
) -> None:
    pass_time(10)
    reopened(folder)
    encoder.passages.clear()
    read.clear()
    for file in folder.rglob("*.*"):
        file.touch()
    reopened(folder)
    assert (len(read), encoder.passages) == (12, [])
    reopened(folder)
    assert len(read) == 12


@pytest.mark.parametrize(
    "error", [FileNotFoundError(2, "No such file"), PermissionError(13, "Permission denied")]
)
def test_a_file_that_vanishes_or_cannot_be_read_is_named_and_no_longer_quoted(
    error: OSError,
    folder: Path,
    encoder: HashEncoder,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    reopened(folder)
    read_bytes = Path.read_bytes

    def fails(path: Path) -> bytes:
        if path.name == "tramway.txt":
            raise error
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", fails)
    with retrieval.open(folder) as archive:
        assert counts(archive) == (11, 22)
        assert "2023/tramway.txt" not in sources(archive.search("tramway", k=100))
    assert f"2023/tramway.txt cannot be read ({error.strerror})" in caplog.text
    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    with retrieval.open(folder) as archive:
        assert sources(archive.search("tramway"))[0] == "2023/tramway.txt"


def test_a_file_that_vanishes_before_its_status_is_asked_for(folder: Path, encoder: HashEncoder) -> None:
    files = [folder / "absent.txt", folder / "pont.txt"]
    listed = ingest_sources.file_sources(files, folder)
    assert next(iter(listed.values())).status == ""


def test_a_stamp_comes_back() -> None:
    for stamp in (Stamp("ab12", "3:4:5:6"), Stamp("ab12", "")):
        assert Stamp.parse(str(stamp)) == stamp


def test_an_article_at_hand_changes_with_what_is_searched_of_it() -> None:
    first = content_source(article("Le phare.", title="Ouest"))
    same = content_source(article("Le phare.", title="Ouest"))
    assert first.status == same.status
    for other in (article("La mer.", title="Ouest"), article("Le phare.", title="Est")):
        assert content_source(other).status != first.status
    assert content_source(article("Le phare.", title="Ouest", published="2024")).status != first.status


def test_archives_of_files_and_their_encodings_are_read_as_bytes(tmp_path: Path) -> None:
    with archive_of({"a.txt": "\ufeffdate 2025 Le phare\r\nferme."}, tmp_path) as archive:
        assert in_its_file(archive.search("phare")[0])
