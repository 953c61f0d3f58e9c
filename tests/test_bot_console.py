"""The same conversation in a terminal and in a pipe."""

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
from bot_api.archive import PARAGRAPH, SENTENCE, FakeArchive, other_quote, quote
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.terminal.console import answer_lines, draw
from bot.conversation import Said, Shown
from bot.excerpt import CUT
from bot.locales import say
from retrieval.types import Answer, Quote

ROOT = Path(__file__).parent.parent
CHAT = "from bot.terminal.console import chat; from bot_api.archive import FakeArchive; "
CHAT += "chat(FakeArchive(), 'seeds', 'fr')"
LINE = "29 janvier 2025 · article d’avril 2025 · retrait.txt · §\u00a04"


def piped(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lines: bytes) -> str:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines), encoding="utf-8"))
    answer_lines(FakeArchive(), "fr")
    return capsys.readouterr().out


def drawn(told: Quote, width: int = 60) -> str:
    """Return what a terminal of that width is sent."""
    file = io.StringIO()
    console = Console(file=file, force_terminal=True, width=width, highlight=False, color_system="truecolor")
    draw(console, Shown(Answer("?", True, 0.9, (told,), "fr")))
    return file.getvalue()


def seen(sent: str) -> str:
    """Return what is read on a terminal that was sent this."""
    return re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\", "", sent)


def test_piped_questions_are_answered_one_a_line_in_plain_text(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    out = piped(monkeypatch, capsys, "\ufeffla décision ?\n\n  \nQui a gagné ?".encode())
    assert out == f"«\u00a0{PARAGRAPH}\u00a0»\n{LINE}\n\n{say('nothing', 'fr')}\n\n"


def test_a_line_that_is_not_utf8_is_said_and_the_next_one_answered(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    out = piped(monkeypatch, capsys, b"la d\xe9cision\n" + "la décision\n".encode())
    assert out.startswith(f"{say('not_text', 'fr')}\n\n«\u00a0{PARAGRAPH}")


def test_ten_thousand_characters_and_only_emoji_get_one_sentence_each(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    out = piped(monkeypatch, capsys, ("x" * 10_000 + "\n😀\n").encode())
    assert out.split("\n\n") == [
        say("too_long", "fr", length=10_000, limit=1_000),
        say("wordless", "fr"),
        "",
    ]


def test_a_passage_too_long_to_read_is_cut_around_its_sentence(capsys: pytest.CaptureFixture[str]):
    told = quote("avant " * 20_000 + SENTENCE + " après" * 20_000, SENTENCE)
    draw(Console(), Shown(Answer("?", True, 0.9, (told,), "fr")))
    out = capsys.readouterr().out
    assert f" avant {SENTENCE} après " in out
    assert out.startswith(f"«\u00a0{CUT} avant ")
    assert len(out) < 5_000


def test_a_piped_quote_keeps_its_tabs_and_spaces(capsys: pytest.CaptureFixture[str]):
    table = "Un\ttableau  de\u00a0bord\n  et sa suite, " + "longue " * 40
    draw(Console(), Shown(Answer("?", True, 0.9, (quote(table),), "fr")))
    assert table in capsys.readouterr().out


def test_the_sentence_is_bold_inside_its_paragraph():
    assert f"\x1b[1m{SENTENCE}\x1b[0m" in drawn(quote(PARAGRAPH, SENTENCE), width=120)
    assert "https://journal.example/a?b=1&c=2\x1b\\" in drawn(other_quote()), "an address is a link"
    assert " · https://journal.example/a?b=1&c=2 · " in seen(drawn(other_quote(), width=120))


def test_who_else_carries_a_quote_is_named_below_it(capsys: pytest.CaptureFixture[str]):
    site = "https://journal.example/a"
    told = quote(PARAGRAPH, also=[site, f"{site}b", "c.txt", "d.txt", "e\x1b[32m.txt"])
    line = f"Paru aussi\u00a0: {site}, {site}b, c.txt et 2\u00a0autres"
    draw(Console(), Shown(Answer("?", True, 0.9, (told,), "fr")))
    assert capsys.readouterr().out.splitlines()[2] == line
    sent = drawn(told, width=120)
    assert line in seen(sent)
    assert re.findall(r"\x1b]8;[^;]*;([^\x1b]+)\x1b", sent) == [site, f"{site}b"], "addresses are links"
    assert "\x1b[32m" not in drawn(quote(PARAGRAPH, also=["e\x1b[32m.txt"]))


def test_an_article_cannot_give_orders_to_the_terminal():
    evil = "Titre \x1b]0;pris\x07 et \x9b2J effacé.\r\nSuite."
    sent = drawn(quote(evil, title="\x1b[31mrouge", source="\x1b[32mvert"))
    assert "\x1b]0;" not in sent
    assert not set(sent) & {"\x07", "\x9b", "\r"}
    assert not {"\x1b[31m", "\x1b[32m"} & set(re.findall(r"\x1b\[\d+m", sent))
    assert "␛]0;pris␇" in sent
    assert "\x1b]0;" not in drawn(quote(evil, source="https://x.example/\x1b]0;pris\x07"))


@given(
    st.lists(st.sampled_from(["mot", "漢字", "😀", "l’été"]), min_size=1, max_size=40), st.integers(30, 90)
)
def test_lines_are_never_broken_at_a_no_break_space(words: list[str], width: int):
    text = " ".join(f"{word}\u00a0: «\u00a0{word}\u00a0»\u202f!" for word in words)
    lines = seen(drawn(quote(text), width)).splitlines()
    assert not [line for line in lines if re.search(r"[\u00a0\u202f] *$|^ *[\u00a0\u202f]", line)]
    assert "".join(lines).replace(" ", "").startswith(f"«\u00a0{text}\u00a0»".replace(" ", ""))


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
    typed = "/suite\nla décision ?\n/suite\n/suite\n/suite\n\n/danse\n/aide\n😀\n/quitter\n"
    code, screen = run_in_terminal(CHAT, typed.encode())
    screen = " ".join(seen(screen).split())
    assert code == 0
    said = [
        "Verbatim répond par un passage de l’archive seeds",
        " ".join(say("no_quote", "fr").split()),
        f"{SENTENCE} Il n’a pas dit",
        "La rencontre aura lieu en mai 2025",
        f"{SENTENCE} Il n’a pas dit",
        "La rencontre aura lieu en mai 2025",
        "Je ne connais pas cette commande : /aide dit",
        "La phrase qui répond le mieux est en gras",
        "Je ne lis que les mots",
    ]
    at = 0
    for sentence in said:
        at = screen.find(sentence, at)
        assert at >= 0, sentence


@pytest.mark.parametrize("typed", [b"\x04", signal.SIGINT])
def test_leaving_at_the_prompt_leaves_no_traceback(typed: bytes | signal.Signals):
    code, screen = run_in_terminal(CHAT, typed)
    assert code == 0
    assert "Traceback" not in screen


def test_said_sentences_are_drawn_as_they_are(capsys: pytest.CaptureFixture[str]):
    draw(Console(), Said("[bold]x[/bold] :smile: <b>"))
    assert capsys.readouterr().out == "[bold]x[/bold] :smile: <b>\n\n"
