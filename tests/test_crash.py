"""Processes killed in the middle of their work, and two at work on the same archive."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from fakes import ARTICLES, BY_WORDS, HashEncoder, write_articles

from retrieval import opening
from retrieval.archive import Archive

NUMBER = 60

# Opens the folder of articles given, a few passages a change; says so after each; then asks.
OPEN = """
import sys
from fakes import BY_WORDS, HashEncoder
from retrieval import archive, opening
archive.BATCH = 8
opening.load_encoder = lambda name=None: HashEncoder()
archive.weights_for = lambda _: BY_WORDS
opened = opening.open_archive(sys.argv[1], progress=lambda done, total: print("done", done, flush=True))
print("opened", *opened.counts(), flush=True)
print(opened.search(sys.argv[2])[0].article.source, flush=True)
"""

# Asks an index folder, whose derived side it may have to build.
ASK = """
import sys
from pathlib import Path
from fakes import BY_WORDS, HashEncoder
from retrieval.archive import Archive
archive = Archive(Path(sys.argv[1]), HashEncoder(), weights=BY_WORDS)
print(archive.search(sys.argv[2])[0].article.source, flush=True)
"""


def start(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        env=os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def finish(process: subprocess.Popen[str]) -> list[str]:
    out, err = process.communicate(timeout=100)
    assert process.returncode == 0, err
    return out.splitlines()


def kill_when(process: subprocess.Popen[str], line: str) -> None:
    """Kill a process, with nothing it can do about it, as soon as it has said a line."""
    assert process.stdout
    for said in process.stdout:
        if said.startswith(line):
            break
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL


@pytest.fixture
def many(tmp_path: Path) -> Path:
    words = {f"{n:03}.txt": f"date 2025 Un mot numéro{n}.\n\nUn autre, lettre{n}." for n in range(NUMBER)}
    return write_articles(tmp_path / "journal", words)


def test_killed_at_any_point_of_the_building_an_archive_opens_whole(many: Path, encoder: HashEncoder) -> None:
    """Whatever was kept is not embedded again, and nothing is lost, round after round."""
    for line in ("done 4", "done 12", "done 20"):
        kill_when(start(OPEN, str(many), "lettre7"), line)
    with opening.open_archive(many) as archive:
        assert archive.counts() == (NUMBER, 2 * NUMBER)
        for number in range(NUMBER):
            assert archive.search(f"lettre{number}")[0].article.source == f"{number:03}.txt"
    embedded = {text for text in encoder.passages if "numéro" in text}
    assert 0 < len(embedded) <= NUMBER - 3 * 4, "the work of the processes that were killed is kept"


@pytest.mark.parametrize("file", ["lexical", "tokens.npy", "sentences.faiss", "sizes.json"])
def test_killed_while_the_index_is_written_it_is_written_again(
    file: str, many: Path, encoder: HashEncoder
) -> None:
    code = f"""
import os, signal
from pathlib import Path
import retrieval.index.building as building
write = building._write
def die(store, dimension, folder):
    write(store, dimension, folder)
    for name in [name for name in os.listdir(folder) if name >= {file!r}]:
        path = folder / name
        os.truncate(path, 0) if path.is_file() else None
    os.kill(os.getpid(), signal.SIGKILL)
building._write = die
{OPEN}"""
    process = start(code, str(many), "lettre7")
    process.communicate(timeout=100)
    assert process.returncode == -signal.SIGKILL
    with opening.open_archive(many) as archive:
        assert archive.search("lettre7")[0].article.source == "007.txt"
        assert not list(archive.folder.glob("*.tmp")), "nothing is left lying about"
    assert encoder.passages == []


def test_killed_in_the_middle_of_a_change_the_store_holds_what_stood_before(
    many: Path, encoder: HashEncoder
) -> None:
    opening.open_archive(many).close()
    encoder.passages.clear()
    code = f"""
import os, signal
from retrieval.store.store import Store
put = Store.put
def die(self, *arguments):
    put(self, *arguments)
    os.kill(os.getpid(), signal.SIGKILL)
Store.put = die
{OPEN}"""
    write_articles(many, {"007.txt": "Tout autre chose."})
    process = start(code, str(many), "lettre7")
    process.communicate(timeout=100)
    assert process.returncode == -signal.SIGKILL
    (folder,) = (Path(os.environ["XDG_CACHE_HOME"]) / "verbatim").iterdir()
    with Archive(folder, encoder, weights=BY_WORDS) as archive:
        assert archive.search("lettre7")[0].text == "Un autre, lettre7."
    with opening.open_archive(many) as archive:
        assert archive.search("autre chose tout")[0].text == "Tout autre chose."
        assert archive.counts() == (NUMBER, 2 * NUMBER - 1)


def test_two_processes_open_the_same_fresh_archive(tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "journal", ARTICLES)
    both = [start(OPEN, str(folder), "tramway") for _ in range(2)]
    said = [finish(process) for process in both]
    assert [lines[-2:] for lines in said] == [["opened 12 24", "2023/tramway.txt"]] * 2
    assert sorted(len(lines) for lines in said)[0] == 2, "one of them did the work, the other waited"


def test_two_processes_build_the_missing_side_of_an_index_at_once(many: Path, encoder: HashEncoder) -> None:
    with opening.build_index(many, many.parent / "index") as archive:
        shutil.rmtree(archive.index.folder)
    both = [start(ASK, str(archive.folder), "lettre7") for _ in range(2)]
    assert [finish(process) for process in both] == [["007.txt"], ["007.txt"]]


def test_interrupted_by_hand_what_was_done_is_kept(many: Path, encoder: HashEncoder) -> None:
    process = start(OPEN, str(many), "lettre7")
    assert process.stdout
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=100)
    with opening.open_archive(many) as archive:
        assert archive.counts() == (NUMBER, 2 * NUMBER)
    assert len({text for text in encoder.passages if "numéro" in text}) <= NUMBER - 4
