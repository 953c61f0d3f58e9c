"""Split an article into passages: its paragraphs, as exact slices."""

from __future__ import annotations

import re

from retrieval.errors import ArticleError
from retrieval.types import Article, Passage

MOST_PARAGRAPHS = 32_767
"""The highest number of paragraphs of an article: an index keeps a paragraph's number in 15 bits."""

_BLANK_LINES = re.compile(r"(?>\r\n|\r|\n)(?:[^\S\r\n]*(?>\r\n|\r|\n))+")
_HEADINGS = re.compile(r"(?:\s*#{1,6}[ \t][^\r\n]*(?:[\r\n]+|\Z))+")


def split_passages(article: Article) -> list[Passage]:
    """Return the paragraphs of ``article``, numbered from 1.

    Paragraphs are separated by blank lines. Markdown headings, rules and other blocks without a letter or a
    digit are not paragraphs.

    Raises:
        ArticleError: the article has more than ``MOST_PARAGRAPHS`` paragraphs.
    """
    cuts = [(match.start(), match.end()) for match in _BLANK_LINES.finditer(article.text, article.body)]
    starts = [article.body, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(article.text)]
    passages: list[Passage] = []
    for block_start, block_end in zip(starts, ends, strict=True):
        block = article.text[block_start:block_end]
        heading = _HEADINGS.match(block)
        lead = heading.end() if heading else 0
        start = block_start + len(block) - len(block[lead:].lstrip())
        end = block_end - (len(block) - len(block.rstrip()))
        text = article.text[start:end]
        if not any(c.isalnum() for c in text):
            continue
        number = len(passages) + 1
        if number > MOST_PARAGRAPHS:
            raise ArticleError(
                f"{article.path} has more than {MOST_PARAGRAPHS} paragraphs: split it into several files."
            )
        passages.append(Passage(f"{article.id}#{number}", article.id, number, start, end, text))
    return passages
