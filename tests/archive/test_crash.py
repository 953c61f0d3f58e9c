"""Processes killed in the middle of their work, and two at work on the same archive."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import child_environment
from fakes import ARTICLES, HashEncoder, counts, ranker, sources, write_articles

from retrieval import opening
from retrieval.archive import Archive
from retrieval.index.local import LocalIndex, segments

NUMBER = 40

# Opens the folder of articles given, a few passages a change; says so after each; then asks.
OPEN = """
import sys
from fakes import BY_WORDS, HashEncoder, counts, sources
from retrieval import opening
from retrieval.index.local import segments
from retrieval.ingest import adding
adding.BATCH = 8
segments.REWRITE_FROM = 8
opening.load_encoder = lambda name=None: HashEncoder()
opening.weights_for = lambda _: BY_WORDS
opened = opening.open_archive(sys.argv[1], progress=lambda done, total: print("done", done, flush=True))
print("opened", *counts(opened), flush=True)
print(*sources(opened.search(sys.argv[2], k=1)), flush=True)
"""


def start(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        env=child_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def finish(process: subprocess.Popen[str]) -> list[str]:
    out, err = process.communicate(timeout=100)
    assert process.returncode == 0, err
    return out.splitlines()


def kill_when(process: subprocess.Popen[str], line: str, by: int = signal.SIGKILL) -> None:
    """Kill a process as soon as it has said a line."""
    assert process.stdout
    for told in process.stdout:
        if told.startswith(line):
            break
    process.send_signal(by)
    process.communicate(timeout=100)
    assert process.returncode != 0


def killed_in(patch: str, *arguments: str) -> None:
    """Run the opening with a patch that kills it."""
    process = start(patch + OPEN, *arguments)
    _, err = process.communicate(timeout=100)
    assert process.returncode == -signal.SIGKILL, err


@pytest.fixture
def many(tmp_path: Path) -> Path:
    words = {f"{n:03}.txt": f"date 2025 Un mot numéro{n}.\n\nUn autre, lettre{n}." for n in range(NUMBER)}
    return write_articles(tmp_path / "journal", words)


def is_whole(archive: Archive) -> bool:
    found = [sources(archive.search(f"lettre{number}", k=1)) for number in range(NUMBER)]
    return found == [[f"{number:03}.txt"] for number in range(NUMBER)]


def test_killed_at_any_point_of_the_building_an_archive_opens_whole(many: Path, encoder: HashEncoder) -> None:
    """Whatever was kept is not embedded again, and nothing is lost, round after round."""
    for line in ("done 4", "done 12"):
        kill_when(start(OPEN, str(many), "lettre7"), line)
    with opening.open_archive(many) as archive:
        assert counts(archive) == (NUMBER, 2 * NUMBER)
        assert is_whole(archive)
    embedded = {text for text in encoder.passages if "numéro" in text}
    assert 0 < len(embedded) <= NUMBER - 2 * 4, "the work of the processes that were killed is kept"


@pytest.mark.parametrize("moment", ["save_segment", "set_built"])
def test_killed_while_the_segment_is_written_it_is_written_again(
    moment: str, many: Path, encoder: HashEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half written, or written and not yet noted in the store."""
    owner = "segments" if moment == "save_segment" else "Store"
    killed_in(
        f"""
import os, signal
from retrieval.index.local import segments
from retrieval.store.store import Store
write = {owner}.{moment}
def die(first, *rest):
    if {owner!r} == "segments":
        write(first, *rest)
        os.truncate(rest[0] / "codes.npy", 9)
    os.kill(os.getpid(), signal.SIGKILL)
{owner}.{moment} = die
""",
        str(many),
        "lettre7",
    )
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
    killed_in(
        """
import os, signal
from retrieval.store.change import Change
put = Change.put
def die(self, *arguments):
    put(self, *arguments)
    os.kill(os.getpid(), signal.SIGKILL)
Change.put = die
""",
        str(many),
        "lettre7",
    )
    (folder,) = (Path(os.environ["XDG_CACHE_HOME"]) / "verbatim").iterdir()
    with Archive(LocalIndex(folder, encoder.dimension), encoder, ranker(), folder=folder) as archive:
        assert archive.search("lettre7")[0].text == "Un autre, lettre7."
    with opening.open_archive(many) as archive:
        assert archive.search("autre chose tout")[0].text == "Tout autre chose."
        assert counts(archive) == (NUMBER, 2 * NUMBER - 1)


def test_two_processes_open_the_same_fresh_archive(tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "journal", ARTICLES)
    both = [start(OPEN, str(folder), "tramway") for _ in range(2)]
    told = [finish(process) for process in both]
    assert [lines[-2:] for lines in told] == [["opened 12 24", "2023/tramway.txt"]] * 2
    embedding = [sum(line.startswith("done") for line in lines) for lines in told]
    assert sorted(embedding)[0] < sorted(embedding)[1], "one of them did the work, the other waited"


def test_interrupted_by_hand_what_was_done_is_kept(many: Path, encoder: HashEncoder) -> None:
    kill_when(start(OPEN, str(many), "lettre7"), "done", by=signal.SIGINT)
    with opening.open_archive(many) as archive:
        assert counts(archive) == (NUMBER, 2 * NUMBER)
    assert len({text for text in encoder.passages if "numéro" in text}) <= NUMBER - 4
