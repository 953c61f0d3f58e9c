"""Processes killed in the middle of their work, and two at work on the same archive."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from archive import children
from fakes import ARTICLES, HashEncoder, counts, ranker, sources, write_articles

from retrieval import opening
from retrieval.archive import Archive
from retrieval.index.local import LocalIndex, segments

NUMBER = 40


def kill_at(done: int, folder: Path, by: signal.Signals = signal.SIGKILL) -> None:
    """Kill a process that indexes a folder once it says that so many articles are done."""
    child, connection = children.start(children.open_and_ask, folder, "lettre7")
    while connection.recv() < done:
        pass
    assert child.pid
    os.kill(child.pid, by)
    code, _ = children.finish(child, connection)
    assert code != 0


def killed(task: Callable[..., None], folder: Path) -> None:
    """Run a task that is killed."""
    code, _ = children.finish(*children.start(task, folder))
    assert code == -signal.SIGKILL


@pytest.fixture
def many(tmp_path: Path) -> Path:
    words = {f"{n:03}.txt": f"date 2025 Un mot numéro{n}.\n\nUn autre, lettre{n}." for n in range(NUMBER)}
    return write_articles(tmp_path / "journal", words)


def is_whole(archive: Archive) -> bool:
    found = [sources(archive.search(f"lettre{number}", k=1)) for number in range(NUMBER)]
    return found == [[f"{number:03}.txt"] for number in range(NUMBER)]


def test_killed_at_any_point_of_the_building_an_archive_opens_whole(many: Path, encoder: HashEncoder) -> None:
    """Whatever was kept is not embedded again, and nothing is lost, round after round."""
    for done in (4, 8, 16):
        kill_at(done, many)
    with opening.open_archive(many) as archive:
        assert counts(archive) == (NUMBER, 2 * NUMBER)
        assert is_whole(archive)
    embedded = {text for text in encoder.passages if "numéro" in text}
    assert len(embedded) <= NUMBER - 4, "the work of the processes that were killed is kept"


@pytest.mark.parametrize(
    "task", [children.die_with_a_segment_half_written, children.die_with_a_segment_not_noted]
)
def test_killed_while_the_segment_is_written_it_is_written_again(
    task: Callable[..., None], many: Path, encoder: HashEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed(task, many)
    monkeypatch.setattr(segments, "REWRITE_FROM", 8)
    with opening.open_archive(many) as archive:
        assert is_whole(archive)
        assert not list(archive.folder.glob("*.tmp")), "nothing is left lying about"
        assert len(list(archive.folder.glob("segment-*"))) == 1
    assert encoder.passages == []


def test_killed_in_the_middle_of_a_change_the_store_holds_what_stood_before(
    many: Path, encoder: HashEncoder
) -> None:
    opening.open_archive(many).close()
    encoder.passages.clear()
    write_articles(many, {"007.txt": "Tout autre chose."})
    killed(children.die_in_a_change, many)
    (folder,) = (Path(os.environ["XDG_CACHE_HOME"]) / "verbatim").iterdir()
    with Archive(LocalIndex(folder, encoder.dimension), encoder, ranker(), folder=folder) as archive:
        assert archive.search("lettre7")[0].text == "Un autre, lettre7."
    with opening.open_archive(many) as archive:
        assert archive.search("autre chose tout")[0].text == "Tout autre chose."
        assert counts(archive) == (NUMBER, 2 * NUMBER - 1)


def test_two_processes_open_the_same_fresh_archive(tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "journal", ARTICLES)
    both = [children.start(children.open_and_ask, folder, "tramway") for _ in range(2)]
    ended = [children.finish(*one) for one in both]
    assert [code for code, _ in ended] == [0, 0]
    assert [told[-1] for _, told in ended] == [(12, 24, "2023/tramway.txt")] * 2
    assert sorted(len(told) > 1 for _, told in ended) == [False, True], "one did the work, the other waited"


def test_interrupted_by_hand_what_was_done_is_kept(many: Path, encoder: HashEncoder) -> None:
    kill_at(4, many, by=signal.SIGINT)
    with opening.open_archive(many) as archive:
        assert counts(archive) == (NUMBER, 2 * NUMBER)
    assert len({text for text in encoder.passages if "numéro" in text}) <= NUMBER - 4
