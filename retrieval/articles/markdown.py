"""Markdown with YAML front matter: title, date, source or url, lang."""

from __future__ import annotations

import re
from typing import Any

import yaml
from frontmatter.default_handlers import YAMLHandler

from retrieval.articles.header import article_id, dated_header, publication_date
from retrieval.errors import ArticleError
from retrieval.types import Article

_HEADING = re.compile(r"^#[ \t]+(?P<title>\S.*)$", re.MULTILINE)
_TIME = re.compile(r"(?<=^\d{4}-\d\d-\d\d)[T ]\d.*")
_YAML = YAMLHandler()
_UNSET = frozenset({"", "~", "null"})


def read_markdown(text: str, path: str) -> Article:
    """Return the article of a Markdown file; its first heading is its title where it names none.

    Raises:
        ArticleError: the front matter is not valid YAML.
    """
    fields: dict[str, Any] = {}
    date, body = dated_header(text)
    if _YAML.detect(text.removeprefix("\ufeff")):
        fields, body = _front_matter(text, path)
        date = _text(fields, "date", "published")
    heading = _HEADING.search(text, body)
    first = heading["title"].rstrip(" \t\r#") if heading else None
    return Article(
        id=article_id(path),
        path=path,
        text=text,
        title=_text(fields, "title") or first or None,
        published=publication_date(date and _TIME.sub("", date), path),
        source=_text(fields, "source", "url") or path,
        language=_text(fields, "lang", "language"),
        body=body,
    )


def _front_matter(text: str, path: str) -> tuple[dict[str, Any], int]:
    """Return the fields above the article and the offset at which it begins.

    Fields are read as they are written: a title such as ``20:30`` or ``No`` is neither a number nor a
    truth value, and a date that no calendar has is no reason to refuse the article.
    """
    whole = text.removeprefix("\ufeff")
    try:
        matter, content = _YAML.split(whole)
    except ValueError as error:
        raise ArticleError(
            f"{path} opens with --- and never closes it: end its front matter with another line ---."
        ) from error
    try:
        fields = _YAML.load(matter, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        reason = str(error).splitlines()[0]
        raise ArticleError(
            f"{path} has front matter that is not YAML ({reason}): mend the lines between its two ---."
        ) from error
    if fields and not isinstance(fields, dict):  # words between two rules are the article's own
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
