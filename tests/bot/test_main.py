"""``python -m bot`` as a process of its own: what it prints, how it ends, what it keeps to itself."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from bot_api.archive import NOTHING, SENTENCE
from bot_api.process import ROOT, WITH_FAKE_ARCHIVE, BotProcess, on_telegram
from bot_api.server import TOKEN, BotApi

from retrieval.present.catalogue import sentence

SEEDS = ROOT / "seeds"


@pytest.fixture
def telegram() -> Iterator[BotApi]:
    with BotApi() as server:
        yield server


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_with_a_token_it_answers_on_telegram_until_stopped(
    tmp_path: Path, telegram: BotApi, stop: signal.Signals
):
    with on_telegram(tmp_path, telegram) as bot:
        bot.until("@verbatim_test_bot")
        telegram.say("la décision ?")
        assert SENTENCE in telegram.message(1).text
        bot.send_signal(stop)
        out, err = bot.communicate(timeout=30)
    assert (bot.returncode, out, err) == (0, "", "")
    assert {name for name, _ in telegram.calls} >= {"deleteWebhook", "getUpdates"}
    assert telegram.refusals == []


NAMING_ITS_READER = WITH_FAKE_ARCHIVE.replace(
    "lambda *_, **__: FakeArchive()", "lambda *_, reader, **__: FakeArchive(reader)"
)
"""The bot, with an archive whose reader has the name that it is opened with."""


@pytest.mark.parametrize(
    ("variables", "line"),
    [
        ({}, sentence("reader.none", "en")),
        ({"READER_MODEL": "my-reader"}, "Reader: my-reader."),
        ({"READER_MODEL": "my-reader", "READER": "on"}, "Reader: my-reader."),
        ({"READER_MODEL": "my-reader", "READER": "off"}, "Reader: off."),
    ],
)
def test_it_says_at_its_start_which_reader_is_in_use(
    tmp_path: Path, telegram: BotApi, variables: dict[str, str], line: str
):
    with on_telegram(tmp_path, telegram, NAMING_ITS_READER, **variables) as bot:
        lines = bot.until("@verbatim_test_bot").splitlines()
        bot.terminate()
        bot.communicate(timeout=30)
    assert lines[:-1] == [line]


def test_the_menu_of_commands_is_in_both_languages(tmp_path: Path, telegram: BotApi):
    with on_telegram(tmp_path, telegram) as bot:
        bot.until("@verbatim_test_bot")
        bot.terminate()
        bot.communicate(timeout=30)
    assert {
        code: [command["description"] for command in menu] for code, menu in telegram.commands.items()
    } == {
        "": [sentence(f"telegram.describe_{name}", "en") for name in ("start", "help", "timeline")],
        "fr": [sentence(f"telegram.describe_{name}", "fr") for name in ("start", "help", "timeline")],
    }


def test_the_token_is_in_no_line_of_the_log(tmp_path: Path, telegram: BotApi):
    with on_telegram(tmp_path, telegram, LOG_LEVEL="DEBUG") as bot:
        log = bot.until("@verbatim_test_bot")
        telegram.say("une panne, la décision ?")
        telegram.message(1)
        bot.terminate()
        log += bot.communicate(timeout=30)[1]
    assert "the index is on fire" in log
    assert "getUpdates" in log
    assert TOKEN not in log
    assert TOKEN.partition(":")[2] not in log


def test_a_network_that_fails_is_logged_in_one_line_and_waited_for(tmp_path: Path):
    with BotApi() as telegram, on_telegram(tmp_path, telegram) as bot:
        bot.until("@verbatim_test_bot")
        telegram.wait(lambda: telegram.called("getUpdates"))
        telegram.close()
        log = bot.until("NetworkError") + bot.until("NetworkError")
        assert "Traceback" not in log
        telegram.open()
        telegram.say("la décision ?")
        assert SENTENCE in telegram.message(1).text
        bot.terminate()
        bot.communicate(timeout=30)
    assert bot.returncode == 0


@pytest.mark.parametrize("token", ["999:wrong", "no-colon"])
def test_a_wrong_token_is_reported_in_one_sentence(tmp_path: Path, telegram: BotApi, token: str):
    with on_telegram(tmp_path, telegram, TELEGRAM_BOT_TOKEN=token) as bot:
        out, err = bot.communicate(timeout=60)
    assert (bot.returncode, out) == (2, "")
    assert err == "Telegram refuses TELEGRAM_BOT_TOKEN: check it against the one @BotFather gave.\n"


def test_a_server_out_of_reach_is_reported_in_one_sentence(tmp_path: Path):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}/bot"
        with BotProcess(
            tmp_path, WITH_FAKE_ARCHIVE, TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_BASE_URL=address
        ) as bot:
            out, err = bot.communicate(timeout=60)
    assert (bot.returncode, out) == (1, "")
    assert err.startswith(f"{address} cannot be reached")
    assert err.count("\n") == 1


def test_a_bad_setting_is_reported_in_one_sentence(tmp_path: Path):
    with BotProcess(tmp_path, LOG_LEVEL="LOUD", TELEGRAM_BOT_TOKEN=TOKEN) as bot:
        out, err = bot.communicate("la décision ?\n", timeout=60)
    assert (bot.returncode, out) == (2, "")
    assert err.startswith("LOG_LEVEL cannot be used: it should be 'DEBUG', ")
    assert err.count("\n") == 1


def test_without_a_token_piped_questions_are_answered(tmp_path: Path):
    with BotProcess(tmp_path, WITH_FAKE_ARCHIVE, TELEGRAM_BOT_TOKEN="", BOT_LANGUAGE="fr") as bot:
        out, err = bot.communicate("la décision ?\n😀\n", timeout=60)
    assert (bot.returncode, err) == (0, "")
    assert SENTENCE in out
    assert sentence("refusal.wordless", "fr") in out
    assert "\x1b" not in out


def test_nothing_piped_is_nothing_printed(tmp_path: Path):
    with BotProcess(tmp_path, WITH_FAKE_ARCHIVE) as bot:
        assert bot.communicate("", timeout=60) == ("", "")
    assert bot.returncode == 0


def test_a_reader_who_leaves_early_causes_no_traceback(tmp_path: Path):
    with BotProcess(tmp_path, WITH_FAKE_ARCHIVE) as bot:
        assert bot.stdout
        bot.stdout.close()
        bot.stdout = None
        _, err = bot.communicate("la décision ?\n" * 2000, timeout=60)
    assert err == ""


def test_the_help_names_the_file_that_documents_the_settings():
    done = subprocess.run(
        [sys.executable, "-m", "bot", "--help"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    assert ".env.example" in done.stdout


@pytest.mark.model
def test_the_seed_article_is_asked_in_a_pipe(tmp_path: Path):
    with BotProcess(tmp_path, ARCHIVE=str(SEEDS)) as bot:
        questions = (
            "Quand le retrait de la Cédéao a-t-il été officialisé ?\nQui a gagné la Coupe d’Afrique ?\n"
        )
        out, err = bot.communicate(questions, timeout=100)
    assert (bot.returncode, err) == (0, "")
    answer, nothing, end = out.split("\n\n")
    date, passage, line = answer.splitlines()
    assert passage.removeprefix("«\u00a0").removesuffix("\u00a0»") in next(SEEDS.glob("*.txt")).read_text(
        "utf-8"
    )
    assert date == "29 janvier 2025"
    assert line.startswith("article d’avril 2025 · ")
    assert line.endswith("§\u00a04")
    assert (nothing, end) == (NOTHING["fr"], "")


@pytest.mark.model
def test_the_seed_article_is_asked_on_telegram(tmp_path: Path, telegram: BotApi):
    with on_telegram(tmp_path, telegram, None, ARCHIVE=str(SEEDS)) as bot:
        bot.until("@verbatim_test_bot")
        telegram.say("Quand le retrait de la Cédéao a-t-il été officialisé ?")
        telegram.say("Qui a gagné la Coupe d’Afrique ?")
        texts = {telegram.message(1).text, telegram.message(2).text}
        bot.terminate()
        _, err = bot.communicate(timeout=60)
    assert NOTHING["fr"] in texts
    [quoted] = texts - {NOTHING["fr"]}
    assert "Une décision officialisée le 29 janvier." in quoted
    assert quoted.startswith("29 janvier 2025\n")
    assert "\narticle d’avril 2025 · " in quoted
    assert (bot.returncode, err, telegram.refusals) == (0, "", [])


@pytest.mark.model
@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"ARCHIVE": "nowhere"}, "nowhere"),
        ({"ARCHIVE": "."}, "."),
        ({"ARCHIVE": str(SEEDS), "EMBEDDING_MODEL": "no/such-model"}, "no/such-model"),
        ({"ARCHIVE": str(SEEDS), "READER_MODEL": "no/such-reader"}, "no/such-reader"),
        ({"ARCHIVE": str(SEEDS), "WEIGHTS": "no/such-weights"}, "no/such-weights"),
    ],
)
def test_an_archive_that_cannot_be_opened_is_reported_in_one_sentence(
    tmp_path: Path, variables: dict[str, str], words: str
):
    with BotProcess(tmp_path, **variables) as bot:
        out, err = bot.communicate("la décision ?\n", timeout=100)
    assert (bot.returncode, out) == (2, "")
    assert words in err
    assert "Traceback" not in err
    assert err.count("\n") == 1
