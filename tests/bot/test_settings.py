"""The settings: their defaults, what they refuse, and the file that documents them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import Settings, read_settings

EXAMPLE = Path(__file__).parent.parent.parent / ".env.example"


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the settings of whoever runs the tests out of them."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_the_example_documents_every_variable_with_its_default(tmp_path: Path):
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    variables = [line.partition("=")[0] for line in lines if re.match(r"[A-Z_]+=", line)]
    assert variables == [name.upper() for name in Settings.model_fields]
    (tmp_path / ".env").write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    assert read_settings() == Settings(_env_file=None)


def test_each_variable_of_the_example_is_explained_above_it():
    for block in EXAMPLE.read_text(encoding="utf-8").strip().split("\n\n")[1:]:
        assert block.startswith("# ")
        assert re.search(r"^[A-Z_]+=", block, re.MULTILINE)


def test_the_environment_wins_over_the_file_and_empty_is_unset(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    (tmp_path / ".env").write_text("ARCHIVE=fichier\nLOG_LEVEL=DEBUG\nSOMETHING_ELSE=1\n", encoding="utf-8")
    monkeypatch.setenv("ARCHIVE", "environnement")
    monkeypatch.setenv("LOG_LEVEL", "")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "")
    settings = read_settings()
    assert settings.archive == Path("environnement")
    assert settings.log_level == "DEBUG"
    assert settings.telegram_bot_token is None


def test_a_token_is_stripped_and_never_shown(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", " 123456:very-secret \n")
    settings = read_settings()
    assert settings.telegram_bot_token is not None
    assert settings.telegram_bot_token.get_secret_value() == "123456:very-secret"
    assert "very-secret" not in f"{settings} {settings!r} {settings.model_dump()}"


@pytest.mark.parametrize("share", ["1.5", "0.2", "90 %"])
def test_a_precision_is_a_share(monkeypatch: pytest.MonkeyPatch, share: str):
    monkeypatch.setenv("ANSWER_PRECISION", share)
    with pytest.raises(SettingsError, match=r"^ANSWER_PRECISION cannot be used: it should be"):
        read_settings()


def test_an_address_may_end_in_a_slash(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TELEGRAM_BASE_URL", "http://127.0.0.1:8081/bot/")
    assert read_settings().telegram_base_url == "http://127.0.0.1:8081/bot"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", "two very-secret words"),
        ("TELEGRAM_BOT_TOKEN", "   "),
        ("TELEGRAM_BOT_TOKEN", "very-secret/../getMe"),
        ("TELEGRAM_BASE_URL", "api.telegram.org/bot"),
        ("TELEGRAM_BASE_URL", "http://["),
        ("TELEGRAM_BASE_URL", "http://127.0.0.1:8081"),
        ("TELEGRAM_BASE_URL", "http://127.0.0.1:port/bot"),
        ("TELEGRAM_BASE_FILE_URL", "/file/bot"),
        ("TELEGRAM_POLL_INTERVAL", "-1"),
        ("TELEGRAM_POLL_INTERVAL", "nan"),
        ("TELEGRAM_POLL_INTERVAL", "soon"),
        ("BOT_LANGUAGE", "es"),
        ("READER", "no"),
        ("LOG_LEVEL", "LOUD"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_in_one_sentence_that_names_it(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refusal:
        read_settings()
    sentence = str(refusal.value)
    assert re.fullmatch(rf"{name} cannot be used: it should .+ \(see \.env\.example\)\.", sentence)
    assert "very-secret" not in sentence


def test_a_file_that_is_not_utf8_is_refused_in_one_sentence(tmp_path: Path):
    (tmp_path / ".env").write_bytes("ARCHIVE=été".encode("latin-1"))
    with pytest.raises(SettingsError, match=r"\.env is not UTF-8"):
        read_settings()
