"""Read a language given as a tag or as a name: *fr-CA*, *fra*, *français*, *French*."""

from __future__ import annotations

import re
from functools import cache, lru_cache

_TAG = re.compile(r"(?P<primary>[a-z]{2,3})(?:[-_.@].*)?")
_REGION = re.compile(r"\s*\(.*\)$")
_NAMED_IN = ("en", "fr")


@lru_cache(maxsize=1024)
def language_code(value: str) -> str | None:
    """Return the ISO 639-1 code of a language, or None if it is not recognised or has no such code.

    Args:
        value: A BCP 47 tag or POSIX locale name, an ISO 639-2 code, or the language's name in English, in
            French or in the language itself; case does not matter.
    """
    # Imported here because most articles give no language.
    from babel import Locale
    from babel.core import get_global

    value = _REGION.sub("", value.strip().casefold())
    tag = _TAG.fullmatch(value)
    if tag is None:
        return _names().get(value) or _autonyms().get(value)
    primary = tag["primary"]
    code = str(get_global("language_aliases").get(primary, primary)).partition("_")[0]
    return code if len(code) == 2 and code in Locale("en").languages else None


@cache
def _names() -> dict[str, str]:
    """Return the languages' codes by their names in English and in French, in lower case."""
    from babel import Locale

    return {
        str(name).casefold(): str(code)
        for named_in in _NAMED_IN
        for code, name in Locale(named_in).languages.items()
        if len(code) == 2
    }


@cache
def _autonyms() -> dict[str, str]:
    """Return the languages' codes by their names in the language itself, in lower case.

    It takes a second, as the data of some 150 languages are loaded.
    """
    from babel import Locale
    from babel.localedata import locale_identifiers

    codes = [code for code in locale_identifiers() if len(code) == 2]
    return {str(Locale(code).languages.get(code, code)).casefold(): str(code) for code in codes}
