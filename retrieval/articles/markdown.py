"""Markdown with YAML front matter: title, date, source or url, lang."""

from __future__ import annotations

import re
from typing import Any

import yaml
from frontmatter.default_handlers import YAMLHandler

from retrieval.articles.decoding import decode
from retrieval.articles.header import article_id, article_language, dated_header, publication_date
from retrieval.errors import ArticleError
from retrieval.types import Article

_HEADING = re.compile(r"^#[ \t]+(?P<title>\S.*)$", re.MULTILINE)
_TIME = re.compile(r"(?<=^\d{4}-\d\d-\d\d)[T ]\d.*")
_YAML = YAMLHandler()
_UNSET = frozenset({"", "~", "null"})


def parse_markdown(data: bytes, name: str) -> tuple[Article, ...]:
    """Return the one article of a Markdown file; its first heading is its title if it gives no other.

    Raises:
        ArticleError: the file is not UTF-8, holds no text, or has front matter that is not valid YAML.
    """
    text = decode(data, name)
    fields: dict[str, Any] = {}
    date, body = dated_header(text)
    if _YAML.detect(text.removeprefix("\ufeff")):
        fields, body = _front_matter(text, name)
        date = _text(fields, "date", "published")
    heading = _HEADING.search(text, body)
    first_heading = heading["title"].rstrip(" \t\r#") if heading else None
    article = Article(
        id=article_id(name),
        path=name,
        text=text,
        title=_text(fields, "title") or first_heading or None,
        published=publication_date(date and _TIME.sub("", date), name),
        source=_text(fields, "source", "url") or name,
        language=article_language(_text(fields, "lang", "language"), name),
        body=body,
    )
    return (article,)


def _front_matter(text: str, name: str) -> tuple[dict[str, Any], int]:
    """Return the fields of the front matter and the offset at which the article's text begins.

    Every scalar is read as a string: the title ``20:30`` is not a number, ``No`` is not a boolean, and a day
    that does not exist does not make the YAML invalid.
    """
    whole = text.removeprefix("\ufeff")
    try:
        matter, content = _YAML.split(whole)
    except ValueError as error:
        raise ArticleError(
            f"{name} opens with --- and never closes it: end its front matter with another line ---."
        ) from error
    try:
        fields = _YAML.load(matter, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        reason = str(error).splitlines()[0]
        raise ArticleError(
            f"{name} has front matter that is not YAML ({reason}): mend the lines between its two ---."
        ) from error
    if fields and not isinstance(fields, dict):  # text between two rules, not front matter
        content = whole
        fields = {}
    return fields or {}, len(text) - len(content)


def _text(fields: dict[str, Any], *names: str) -> str | None:
    """Return the first of the named fields that is set."""
    for name in names:
        value = fields.get(name)
        if isinstance(value, str) and value.strip() not in _UNSET:
            return value.strip()
    return None
