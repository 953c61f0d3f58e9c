r"""What the bot says, in French and in English.

A catalogue is a TOML file of this folder, one sentence a key. No-break spaces are written as escapes
(``\u00A0``, and the narrow ``\u202F``) so that they can be seen. Placeholders are those of
``str.format``.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from babel.core import default_locale
from babel.numbers import format_decimal

LANGUAGES = ("fr", "en")


@cache
def catalogue(language: str) -> dict[str, str]:
    """Return the sentences of a language of ``LANGUAGES``, by key."""
    return tomllib.loads((files(__name__) / f"{language}.toml").read_text(encoding="utf-8"))


def choose(tag: str | None) -> str:
    """Return the language to speak to someone whose language tag (``fr-CA``, ``es``) is known or not."""
    return "fr" if (tag or "").lower().replace("_", "-").split("-")[0] == "fr" else "en"


def of_machine() -> str:
    """Return the language to speak on this machine, from its locale."""
    return choose(default_locale("LC_MESSAGES"))


def say(key: str, language: str, **values: str | int) -> str:
    """Return a sentence in a language, its numbers written as that language writes them."""
    written = {
        name: format_decimal(value, locale=language) if isinstance(value, int) else value
        for name, value in values.items()
    }
    return catalogue(language)[key].format(**written)
