"""What a person can set, read from the environment and from a ``.env`` file in the working directory.

``.env.example`` documents every variable; a test checks that it names them all.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, AnyHttpUrl, Field, FiniteFloat, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingsError
from retrieval.types import PRECISION


def _token(value: SecretStr) -> SecretStr:
    token = value.get_secret_value().strip()
    if not re.fullmatch(r"[\w:.-]+", token, re.ASCII):
        raise ValueError("it should look like 123456:ABC-DEF, as @BotFather gives it")
    return SecretStr(token)


def _address(value: str) -> str:
    try:
        path = AnyHttpUrl(value).path or ""
    except ValidationError:
        path = ""
    if not path.strip("/"):
        raise ValueError("it should be an address such as http://127.0.0.1:8081/bot")
    return value.rstrip("/")


_Address = Annotated[str, AfterValidator(_address)]


class Settings(BaseSettings):
    """Every variable the bot reads, with its default. An empty variable counts as unset."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True
    )

    telegram_bot_token: Annotated[SecretStr, AfterValidator(_token)] | None = None
    telegram_base_url: _Address = "https://api.telegram.org/bot"
    telegram_base_file_url: _Address = "https://api.telegram.org/file/bot"
    telegram_poll_interval: FiniteFloat = Field(default=0.0, ge=0)
    archive: Path = Path("seeds")
    embedding_model: str | None = None
    weights: Path | None = None
    reader: Literal["on", "off"] = "on"
    reader_model: str | None = None
    answer_precision: FiniteFloat = Field(default=PRECISION, ge=0.5, le=0.98)
    bot_language: Literal["fr", "en"] | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "WARNING"


def read_settings() -> Settings:
    """Read the settings of this process.

    Raises:
        SettingsError: A value cannot be used; the message names the variable and what is wrong with it.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError(" ".join(_sentence(dict(detail)) for detail in error.errors())) from None
    except UnicodeDecodeError:
        raise SettingsError("The file .env is not UTF-8 text: save it again as UTF-8.") from None


def _sentence(detail: dict[str, object]) -> str:
    """Return what is wrong with one variable, without its value, which may be a secret."""
    location = detail["loc"]
    name = str(location[0]).upper() if isinstance(location, tuple) and location else "A setting"
    problem = str(detail["msg"]).removeprefix("Value error, ").removeprefix("Input ")
    problem = problem if problem.startswith("it ") else f"it {problem}"
    return f"{name} cannot be used: {problem} (see .env.example)."
