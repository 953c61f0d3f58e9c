"""Decode the bytes of a text file."""

from __future__ import annotations

from retrieval.errors import ArticleError


def decode(data: bytes, name: str) -> str:
    """Return the text of a UTF-8 file, with nothing translated, so that offsets are those of the file.

    Raises:
        ArticleError: the bytes are not UTF-8, or hold neither letter nor digit.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ArticleError(f"{name} is not UTF-8 (see byte {error.start}): save it as UTF-8.") from error
    if not any(character.isalnum() for character in text):
        raise ArticleError(f"{name} holds no text: remove it or write the article in it.")
    return text
