"""Passages of a store as the columns that the ranker sees."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import faiss
import numpy as np
import numpy.typing as npt

from retrieval.arrays import Bools, Floats, Ints, Ragged
from retrieval.index.interface import Candidates
from retrieval.language.word_vectors import word_vectors
from retrieval.store.blobs import CODES, DAYS, FLAGS, LENGTHS, SENSES
from retrieval.store.passages import NO_SENSE, articles_of
from retrieval.store.store import Store
from retrieval.types import Vectors

MOST = 1.1
"""What no cosine exceeds, vectors being rounded to float16."""

Number = TypeVar("Number", bound=np.generic)

_COLUMNS = (
    "id, original, low, high, language, unit_lengths, tokens, senses, flags, days, vector, sentence_vectors"
)


def read_candidates(
    store: Store, ids: Sequence[int], vector: Vectors, terms_held: Callable[[Ints], Bools]
) -> Candidates:
    """Return passages that the store has, in ascending order of ids, as candidates for a question's vector.

    ``terms_held`` tells which of the question's t terms some articles hold, by their numbers: (n, t).

    Raises:
        ValueError: what the store has of a passage does not fit together.
    """
    rows = store.passage_rows(_COLUMNS, ids)
    _, originals, low, high, languages, lengths, tokens, senses, flags, days, vectors, sentences = (
        zip(*rows, strict=True) if rows else [()] * 12
    )
    found = np.array([row[0] for row in rows], dtype=np.int64)
    articles = articles_of(found)
    distinct, place = np.unique(articles, return_inverse=True)
    units = np.array([len(one) for one in flags], dtype=np.int64)
    first_units = np.concatenate([[0], np.cumsum(units)]).astype(np.int64)
    token_codes, unit_lengths = _joined(tokens, CODES), _joined(lengths, LENGTHS).astype(np.int64)
    if len(unit_lengths) != units.sum() or len(token_codes) != unit_lengths.sum():
        raise ValueError("the units of a passage do not add up")
    all_senses = _joined(senses, SENSES)
    if ((all_senses >= len(word_vectors().vectors)) & (all_senses != NO_SENSE)).any():
        raise ValueError("a word has a sense that there is not")
    unit_cosines = np.full(int(first_units[-1]), -1.0)
    is_sentence = np.ones(len(unit_cosines), dtype=bool)
    is_sentence[first_units[:-1]] = False
    unit_cosines[is_sentence] = _cosines(sentences, vector)
    return Candidates(
        ids=found,
        articles=articles,
        originals=np.array(originals, dtype=np.int64),
        published=np.array([low, high], dtype=np.int32).T,
        languages=np.array(languages, dtype=np.int8),
        dates=Ragged.of(_joined(days, DAYS), [len(one) // DAYS.itemsize for one in days]),
        first_units=first_units,
        tokens=Ragged.of(token_codes, unit_lengths),
        senses=all_senses,
        flags=_joined(flags, FLAGS),
        passage_cosines=_cosines(vectors, vector),
        unit_cosines=unit_cosines,
        article_cosines=_cosines([row[1] for row in store.article_vectors(distinct.tolist())], vector)[place],
        article_terms=terms_held(distinct)[place],
    )


def _cosines(blobs: Sequence[bytes], vector: Vectors) -> Floats:
    """Return the dot products of a vector with float16 vectors, one after the other in ``blobs``."""
    codes = np.frombuffer(b"".join(blobs), np.uint8).reshape(-1, 2 * len(vector))
    if not len(codes):
        return np.empty(0)
    # FAISS decodes with the processor's own instructions, numpy one number at a time.
    decoder = faiss.ScalarQuantizer(len(vector), faiss.ScalarQuantizer.QT_fp16)
    with np.errstate(invalid="ignore", over="ignore"):
        cosines: Floats = (decoder.decode(codes) @ vector).astype(np.float64)
    if not (np.abs(cosines) < MOST).all():
        raise ValueError("a vector is not of unit length")
    return cosines


def _joined(blobs: Sequence[bytes], kind: np.dtype[Number]) -> npt.NDArray[Number]:
    return np.frombuffer(b"".join(blobs), kind)
