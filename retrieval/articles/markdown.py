"""Markdown with YAML front matter: title, date, source or url, lang."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import yaml
from frontmatter.default_handlers import YAMLHandler

from retrieval.articles.header import article_id, dated_header, publication_date
from retrieval.errors import ArticleError
from retrieval.types import Article

_HEADING = re.compile(r"^#[ \t]+(?P<title>.+?)[ \t#]*$", re.MULTILINE)


def read_markdown(text: str, path: str) -> Article:
    """Return the article of a Markdown file; its first heading is its title where it names none.

    Raises:
        ArticleError: the front matter is not valid YAML.
    """
    handler = YAMLHandler()
    fields: dict[str, Any] = {}
    date, body = dated_header(text)
    if handler.detect(text.removeprefix("\ufeff")):
        try:
            matter, content = handler.split(text)
            loaded = handler.load(matter)
        except (ValueError, yaml.YAMLError) as error:
            reason = str(error).splitlines()[0]
            raise ArticleError(
                f"{path} has front matter that is not YAML ({reason}): mend the lines between its two ---."
            ) from error
        fields = loaded if isinstance(loaded, dict) else {}
        body = len(text) - len(content)
        date = _text(fields, "date", "published")
    heading = _HEADING.search(text, body)
    return Article(
        id=article_id(path),
        path=path,
        text=text,
        title=_text(fields, "title") or (heading["title"] if heading else None),
        published=publication_date(date, path),
        source=_text(fields, "source", "url") or path,
        language=_text(fields, "lang", "language"),
        body=body,
    )


def _text(fields: dict[str, Any], *names: str) -> str | None:
    """Return the first of the named fields that is set; a date in its own precision."""
    for name in names:
        value = fields.get(name)
        if isinstance(value, dt.datetime):
            return value.date().isoformat()
        if value is not None and str(value).strip():
            return str(value).strip()
    return None
