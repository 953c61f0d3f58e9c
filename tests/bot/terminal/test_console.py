"""The conversation in a terminal and in a pipe."""

from __future__ import annotations

import io
import os
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from bot_api.archive import NO_TIMELINE, NOTHING, OTHER, PARAGRAPH, SENTENCE, UNSURE, FakeArchive

from bot.terminal.console import answer_lines
from retrieval.present.catalogue import sentence

ROOT = Path(__file__).parent.parent.parent.parent
CHAT = "from bot.terminal.console import chat; from bot_api.archive import FakeArchive; "
CHAT += "chat(FakeArchive(), 'seeds', 'fr', reader='liseuse')"
LINE = "29 janvier 2025 · article d’avril 2025 · retrait.txt · §\u00a04"


def piped(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lines: bytes) -> str:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines), encoding="utf-8"))
    answer_lines(FakeArchive(), "fr")
    return capsys.readouterr().out


def test_piped_questions_are_answered_one_a_line_in_plain_text(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    out = piped(monkeypatch, capsys, "\ufeffla décision ?\n\n  \nQui a gagné ?".encode())
    assert out == f"«\u00a0{PARAGRAPH}\u00a0»\n{LINE}\n\n{NOTHING['fr']}\n\n"


def test_a_line_that_is_not_utf8_is_reported_and_the_next_one_answered(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    out = piped(monkeypatch, capsys, b"la d\xe9cision\n" + "la décision\n".encode())
    assert out.startswith(f"{sentence('refusal.not_text', 'fr')}\n\n«\u00a0{PARAGRAPH}")


def test_a_piped_question_without_a_sure_answer_gets_the_nearest_passage(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    out = piped(monkeypatch, capsys, "Quand, la rumeur démentie ?".encode())
    line = LINE.partition(" · ")[2]
    assert out == f"{UNSURE['fr']}\n29 janvier 2025\n«\u00a0{PARAGRAPH}\u00a0»\n{line}\n\n"


def test_ten_thousand_characters_and_only_emoji_get_one_sentence_each(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    out = piped(monkeypatch, capsys, ("x" * 10_000 + "\n😀\n").encode())
    assert out.split("\n\n") == [
        sentence("refusal.too_long", "fr", length=10_000, limit=1_000),
        sentence("refusal.wordless", "fr"),
        "",
    ]


def read_from(terminal: int) -> bytes:
    """Return what a terminal was sent, nothing when the program in it has ended."""
    ready, _, _ = select.select([terminal], [], [], 30)
    assert ready, "nothing came for 30 s"
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux says so when the other side is closed.
        return b""


def run_in_terminal(code: str, typed: bytes | signal.Signals) -> tuple[int, str]:
    """Run Python code in a terminal of its own and return its exit code and screen.

    What is typed, or the signal sent, comes once the first prompt is there.
    """
    pty = pytest.importorskip("pty", reason="terminals of this kind are those of Unix")
    master, slave = pty.openpty()
    env = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}", "COLUMNS": "70", "TERM": "xterm"}
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdin=slave, stdout=slave, stderr=slave, env=env, start_new_session=True
    )
    os.close(slave)
    screen = b""
    try:
        while b"> " not in screen:
            screen += read_from(master)
        if isinstance(typed, bytes):
            os.write(master, typed)
        else:
            time.sleep(0.5)  # Until Python waits for a key, a signal may be left for the next one.
            process.send_signal(typed)
        while read := read_from(master):
            screen += read
        return process.wait(20), screen.decode()
    finally:
        process.kill()
        process.wait()
        os.close(master)


def test_a_conversation_in_a_terminal():
    typed = "/suite\nla décision ?\n/suite\n/suite\n/suite\nla rumeur démentie ?\n/suite\n"
    typed += "\n/danse\n/aide\n😀\n/quitter\n"
    code, screen = run_in_terminal(CHAT, typed.encode())
    screen = " ".join(re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\\\", "", screen).split())
    assert code == 0
    expected = [
        "Verbatim répond par un passage de l’archive seeds",
        "Modèle de lecture : liseuse.",
        " ".join(sentence("refusal.no_quote", "fr").split()),
        f"{SENTENCE} Il n’a pas dit",
        "La rencontre aura lieu en mai 2025",
        f"{SENTENCE} Il n’a pas dit",
        "La rencontre aura lieu en mai 2025",
        " ".join(UNSURE["fr"].split()),
        f"{SENTENCE} Il n’a pas dit",
        "Je n’ai pas de réponse sûre. Un autre passage proche :",
        "La rencontre aura lieu en mai 2025",
        "Je ne connais pas cette commande : /aide dit",
        "La phrase qui répond le mieux est en gras",
        "Je ne lis que les mots",
    ]
    at = 0
    for words in expected:
        at = screen.find(words, at)
        assert at >= 0, words


def test_a_conversation_without_a_reader_says_so_in_dim_at_its_start():
    chat = CHAT.replace("reader='liseuse'", "reader=None")
    _, screen = run_in_terminal(chat, b"\x04")
    line = sentence("reader.none", "fr")
    assert " ".join(re.findall(r"\x1b\[2m([^\x1b]*)", screen)).find(line[:20]) > 0


@pytest.mark.parametrize("typed", [b"\x04", signal.SIGINT])
def test_leaving_at_the_prompt_leaves_no_traceback(typed: bytes | signal.Signals):
    code, screen = run_in_terminal(CHAT, typed)
    assert code == 0
    assert "Traceback" not in screen


def test_a_timeline_is_shown_in_a_pipe(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    lines = "/chronologie la décision\n/chronologie les girafes\n".encode()
    timeline, nothing, _ = piped(monkeypatch, capsys, lines).split("\n\n")
    assert timeline.splitlines() == [
        f"29 janvier 2025 · «\u00a0{SENTENCE}\u00a0» · article d’avril 2025, §\u00a04",
        f"mai 2025 · «\u00a0{OTHER}\u00a0» · Une rencontre <à> Moscou, §\u00a01",
    ]
    assert nothing == NO_TIMELINE["fr"]
