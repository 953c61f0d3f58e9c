"""Articles as wholes: which passages are theirs, which words they hold."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.index.context import Articles, ArticlesBuilder

Told = list[tuple[str, list[int]]]
CODES = st.integers(0, 2**32 - 1)


def built(passages: Told) -> Articles:
    builder = ArticlesBuilder()
    for number, (article, codes) in enumerate(passages):
        builder.add(article, codes, np.eye(4, dtype=np.float32)[number % 4])
    return builder.built(4)


@given(st.lists(st.lists(st.lists(CODES, max_size=4), min_size=1, max_size=3), max_size=5), CODES)
def test_an_article_holds_the_words_of_its_passages_and_no_other(
    articles: list[list[list[int]]], code: int
) -> None:
    told = [(str(name), codes) for name, passages in enumerate(articles) for codes in passages]
    made = built(told)
    asked = np.array(sorted({code, *(c for _, codes in told for c in codes)}), dtype=np.int64)
    expected = [[c in set().union(*passages) for c in asked.tolist()] for passages in articles]
    assert len(made) == len(articles)
    assert made.holding(np.arange(len(articles)), asked).tolist() == expected
    assert made.of(np.arange(len(told))).tolist() == [int(name) for name, _ in told]


def test_the_vector_of_an_article_is_the_mean_of_its_passages(tmp_path: Path) -> None:
    articles = built([("a", [1]), ("a", [2]), ("b", [3])])
    articles.save(tmp_path)
    again = Articles.load(tmp_path)
    half = 2**-0.5
    assert again.vectors == pytest.approx(np.array([[half, half, 0, 0], [0, 0, 1, 0]]), abs=1e-3)
    assert again.starts.tolist() == [0, 2, 3]
