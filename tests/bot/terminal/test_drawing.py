"""Replies as a terminal, a file or a pipe gets them."""

from __future__ import annotations

import io
import re

import pytest
from bot_api.archive import PARAGRAPH, SENTENCE, UNSURE, FakeArchive, first_quote, other_quote, quote
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.conversation import answer_subject
from bot.replies import QuoteReply, TextReply
from bot.terminal.drawing import draw
from retrieval.errors import StreamError
from retrieval.present.excerpt import CUT
from retrieval.types import Answer, Correction, Quote


def shown(quoted: Quote, **fields: object) -> QuoteReply:
    return QuoteReply(Answer("?", True, 0.9, (quoted,), "fr", **fields))


def drawn(quoted: Quote, width: int = 60) -> str:
    """Return what a terminal of that width is sent."""
    file = io.StringIO()
    console = Console(file=file, force_terminal=True, width=width, highlight=False, color_system="truecolor")
    draw(console, shown(quoted))
    return file.getvalue()


def seen(sent: str) -> str:
    """Return what is read on a terminal that was sent this."""
    return re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\", "", sent)


def test_a_passage_too_long_to_read_is_cut_around_its_sentence(capsys: pytest.CaptureFixture[str]):
    quoted = quote("avant " * 20_000 + SENTENCE + " après" * 20_000, SENTENCE)
    draw(Console(), shown(quoted))
    out = capsys.readouterr().out
    assert f" avant {SENTENCE} après " in out
    assert out.startswith(f"«\u00a0{CUT} avant ")
    assert len(out) < 5_000


def test_a_piped_quote_keeps_its_tabs_and_spaces(capsys: pytest.CaptureFixture[str]):
    table = "Un\ttableau  de\u00a0bord\n  et sa suite, " + "longue " * 40
    draw(Console(), shown(quote(table)))
    assert table in capsys.readouterr().out


def test_the_sentence_is_bold_inside_its_paragraph():
    assert f"\x1b[1m{SENTENCE}\x1b[0m" in drawn(quote(PARAGRAPH, SENTENCE), width=120)
    assert "https://journal.example/a?b=1&c=2\x1b\\" in drawn(other_quote()), "an address is a link"
    assert " · https://journal.example/a?b=1&c=2 · " in seen(drawn(other_quote(), width=120))


@pytest.mark.parametrize(
    ("words", "sent"),
    [
        ("Une décision", "\x1b[1;4mUne décision\x1b[0m\x1b[1m officialisée le 29 janvier.\x1b[0m"),
        (
            "le 29 janvier",
            "\x1b[1mUne décision officialisée \x1b[0m\x1b[1;4mle 29 janvier\x1b[0m\x1b[1m.\x1b[0m",
        ),
        (SENTENCE, f"\x1b[1;4m{SENTENCE}\x1b[0m"),
    ],
)
def test_the_words_that_answer_are_underlined_within_the_bold_sentence(words: str, sent: str):
    assert sent in drawn(first_quote(words), width=120)
    assert seen(drawn(first_quote(words))) == seen(drawn(first_quote()))


def test_underlining_stays_on_the_words_where_a_line_is_broken():
    text = "Un mot puis " + "l’été\u00a0: 😀 " * 30 + "et la fin."
    words = "😀 " * 3
    text = text.replace("et la fin", f"{words}et la fin")
    sent = drawn(quote(text, answer=words.strip()), width=40)
    underlined = re.findall(r"\x1b\[1;4m([^\x1b]*)", sent)
    assert "".join(underlined).split() == words.split()


def test_a_pipe_gets_the_words_of_an_unsure_answer_and_no_marks(capsys: pytest.CaptureFixture[str]):
    near = Answer("?", False, 0.6, (), "fr", first_quote().dates, nearest=(first_quote("le 29 janvier"),))
    draw(Console(), QuoteReply(near))
    unsure, date, passage, *_ = capsys.readouterr().out.splitlines()
    assert (unsure, date, passage) == (UNSURE["fr"], "29 janvier 2025", f"«\u00a0{PARAGRAPH}\u00a0»")


def test_who_else_carries_a_quote_is_named_below_it(capsys: pytest.CaptureFixture[str]):
    site = "https://journal.example/a"
    quoted = quote(PARAGRAPH, also=[site, f"{site}b", "c.txt", "d.txt", "e\x1b[32m.txt"])
    line = f"Paru aussi\u00a0: {site}, {site}b, c.txt et 2\u00a0autres"
    draw(Console(), shown(quoted))
    assert capsys.readouterr().out.splitlines()[2] == line
    sent = drawn(quoted, width=120)
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


def test_sentences_of_the_bots_own_are_drawn_as_they_are(capsys: pytest.CaptureFixture[str]):
    draw(Console(), TextReply("[bold]x[/bold] :smile: <b>"))
    assert capsys.readouterr().out == "[bold]x[/bold] :smile: <b>\n\n"


def test_a_timeline_is_drawn_in_a_terminal_an_entry_a_line_where_there_is_room():
    screen = Console(file=io.StringIO(), force_terminal=True, width=200, color_system=None)
    draw(screen, answer_subject(FakeArchive(), "la décision", "fr"))
    lines = screen.file.getvalue().splitlines()
    assert lines[0].startswith(f"  29 janvier 2025 · «\u00a0{SENTENCE}\u00a0»")


def test_the_date_that_answers_comes_first_and_how_the_question_was_understood_last():
    screen = Console(file=io.StringIO(), width=100)
    slips = (Correction(0, 5, "Niamy", "Niamey"),)
    draw(screen, shown(first_quote(), leads=first_quote().dates, corrections=slips))
    date, _, line, note = screen.file.getvalue().rstrip().splitlines()
    assert date == "29 janvier 2025"
    assert line == "article d’avril 2025 · retrait.txt · §\u00a04"
    assert note == "Mot compris\u00a0: Niamy → Niamey"


def test_a_file_that_cannot_be_written_is_reported_in_one_sentence():
    class Full(io.StringIO):
        def flush(self) -> None:
            raise OSError(28, "No space left on device")

    with pytest.raises(StreamError, match=r"^Standard output cannot be written \(No space left on device\)"):
        draw(Console(file=Full()), TextReply("Bonjour."))
