r"""The sentences that people read, in French and in English.

The catalogue of a language is a TOML file in ``locales``: the key ``answer.nothing`` stands for ``nothing``
in the table ``answer``. No-break spaces are written as escapes (``\u00A0``, and the narrow ``\u202F``), which
can be seen. Placeholders are those of ``str.format``.
"""

from __future__ import annotations

import locale
import os
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("fr", "en")


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Return the sentences of a language of ``LANGUAGES``, by key."""
    text = (files("retrieval.present") / "locales" / f"{language}.toml").read_text(encoding="utf-8")
    return {
        f"{table}.{name}": sentence
        for table, sentences in tomllib.loads(text).items()
        for name, sentence in sentences.items()
    }


def sentence(key: str, language: str, **values: str | int) -> str:
    """Return a sentence in a language of ``LANGUAGES``, its numbers written as that language writes them."""
    written = {
        name: value if isinstance(value, str) else _number(value, language) for name, value in values.items()
    }
    return catalogue(language)[key].format(**written)


def quotation_marks(language: str) -> tuple[str, str]:
    """Return what opens and what closes a quote, in a language of ``LANGUAGES``."""
    return sentence("quote.open", language), sentence("quote.close", language)


def choose(tag: str | None) -> str:
    """Return the language to speak to someone whose tag is ``fr-CA``, ``fr_FR.UTF-8``, ``es`` or unknown."""
    return "fr" if re.match(r"fr(ench)?(?![a-z])", (tag or "").lower()) else "en"


def of_machine() -> str:
    """Return the language to speak on this machine, from the variables that gettext reads, in its order.

    Windows has none of them; its locale is called ``French_France`` and the like.
    """
    names = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    return choose(next(filter(None, map(os.environ.get, names)), locale.getlocale()[0]))


def _number(value: int, language: str) -> str:
    from babel.numbers import format_decimal  # slow to import, and few sentences hold a number

    return str(format_decimal(value, locale=language))
