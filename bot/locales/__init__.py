r"""What the bot says, in French and in English.

A catalogue is a TOML file of this folder, one sentence a key. No-break spaces are written as escapes
(``\u00A0``, and the narrow ``\u202F``) so that they can be seen. Placeholders are those of
``str.format``.
"""

from __future__ import annotations

import locale
import os
import re
import tomllib
from functools import cache
from importlib.resources import files

from babel.numbers import format_decimal

LANGUAGES = ("fr", "en")


@cache
def catalogue(language: str) -> dict[str, str]:
    """Return the sentences of a language of ``LANGUAGES``, by key."""
    return tomllib.loads((files(__name__) / f"{language}.toml").read_text(encoding="utf-8"))


def choose(tag: str | None) -> str:
    """Return the language to speak to someone whose tag is ``fr-CA``, ``fr_FR.UTF-8``, ``es`` or unknown."""
    return "fr" if re.match(r"fr(ench)?(?![a-z])", (tag or "").lower()) else "en"


def of_machine() -> str:
    """Return the language to speak on this machine, from the variables that gettext reads, in its order.

    Windows has none of them; its locale is called ``French_France`` and the like.
    """
    names = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    return choose(next(filter(None, map(os.environ.get, names)), locale.getlocale()[0]))


def say(key: str, language: str, **values: str | int) -> str:
    """Return a sentence in a language, its numbers written as that language writes them."""
    written = {
        name: format_decimal(value, locale=language) if isinstance(value, int) else value
        for name, value in values.items()
    }
    return catalogue(language)[key].format(**written)
