"""Build the derived index from the store, beside its place, and rename it there when it is whole."""

from __future__ import annotations

import json
import re
import shutil
from array import array
from collections import Counter
from collections.abc import Mapping
from itertools import chain, islice
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from retrieval.language.acronyms import MEANING, Run, definitions, mine, replace_runs
from retrieval.dates import bounds
from retrieval.index.arrays import Ragged
from retrieval.index.context import ArticlesBuilder
from retrieval.index.derived import HAS_DATE, HAS_NAME, HAS_NUMBER, SIZES, code, derived_folder, sizes
from retrieval.index.duplicates import originals
from retrieval.index.lexical import UNDATED, LexicalWriter
from retrieval.index.lexicon import Lexicon
from retrieval.language.identification import LANGUAGES
from retrieval.store.store import Entry, Store
from retrieval.language.analysis import fold, stop_words, token, words
from retrieval.types import Article
from retrieval.language.word_vectors import NONE, word_row

CODES = np.dtype(np.uint32)
BATCH = 4_096

_NUMBER = re.compile(
    r"\d|\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt"
    r"|trente|quarante|cinquante|soixante|cents?|mille|(?:diz|douz|quinz|vingt|trent|quarant|cinquant|cent)aines?"
    r"|milliers?|millions?|milliards?|moitie|tiers|quarts?|double|triple|two|three|four|five|seven|eight|nine"
    r"|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty|thirty|forty|fifty|sixty|seventy"
    r"|eighty|ninety|hundreds?|thousands?|billions?|dozens?|half|twice)\b"
)
"""A number in digits or, in French and English once folded, in words."""
_NAME = re.compile(r"(?<=[\w,;:»)] )[A-ZÀ-ÖØ-ÞŒ]|(?<=['’])[A-ZÀ-ÖØ-ÞŒ]")


def build(store: Store, dimension: int, folder: Path) -> Path:
    """Build the derived index of ``store``, vectors of ``dimension``, under ``folder``; return its place."""
    place = derived_folder(folder, store.sequence)
    if place.exists():
        return place
    temporary = folder / "derived.tmp"
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True)
    _write(store, dimension, temporary)
    (temporary / SIZES).write_text(json.dumps(sizes(temporary)), encoding="utf-8")
    temporary.rename(place)
    for old in folder.glob("derived*-*"):
        if old != place:
            shutil.rmtree(old, ignore_errors=True)
    return place


def _write(store: Store, dimension: int, folder: Path) -> None:
    """Write the files of a derived index, a batch of passages at a time."""
    acronyms = mine(entry.passage.text for _, _, entry in store.entries())
    rows: list[int] = []
    published: list[tuple[int, int]] = []
    told: list[list[int]] = []
    written: Counter[str] = Counter()
    units: list[list[int]] = []
    tokens: list[list[int]] = []
    senses = array("H")
    flags: list[int] = []
    languages: list[int] = []
    articles = ArticlesBuilder()
    passage_vectors, sentence_vectors = _vectors(dimension), _vectors(dimension)
    lexical = LexicalWriter(folder / "lexical")
    entries = store.entries()
    while batch := list(islice(entries, BATCH)):
        for row, article, entry in batch:
            days = _publication_days(article)
            texts = [article.title or "", *(entry.passage.text[a:b] for a, b in entry.sentences)]
            spoken = [list(words(text)) for text in texts]
            written.update(set(chain.from_iterable(spoken)))
            analysed = [[token(word) for word in unit] for unit in spoken]
            implied = _implied(entry, analysed[1:], acronyms)
            analysed[1:] = [[*said, *more] for said, more in zip(analysed[1:], implied, strict=True)]
            first = sentence_vectors.ntotal
            sentence_vectors.add(entry.sentence_vectors)
            rows.append(row)
            published.append(days)
            languages.append(LANGUAGES.index(entry.language) if entry.language in LANGUAGES else -1)
            units.append([-1, *range(first, sentence_vectors.ntotal)])
            tokens.extend([code(token) for token in unit] for unit in analysed)
            articles.add(article.id, map(code, chain.from_iterable(analysed)), entry.vector)
            for unit, more in zip(spoken, [[], *implied], strict=True):
                senses.extend(word_row(word) for word in unit)
                senses.extend([int(NONE)] * len(more))
            dates = store.dates(row)
            told.append([day.toordinal() for d in dates if d.low and d.high for day in (d.low, d.high)])
            dated = [date.start for date in dates if date.low is not None]
            flags.append(0)
            flags.extend(_flags(entry.passage.text, span, dated) for span in entry.sentences)
            lexical.add(chain.from_iterable(analysed), *days)
        passage_vectors.add(np.stack([entry.vector for _, _, entry in batch]))
    lexical.close()
    Ragged.of(units, np.int64).save(folder, "units")
    Ragged.of(told, np.int32).save(folder, "told")
    articles.built(dimension).save(folder)
    ragged_tokens = Ragged.of(tokens, CODES)
    ragged_tokens.save(folder, "tokens")
    _write_senses(ragged_tokens.values, np.frombuffer(senses, dtype=np.uint16), folder)
    pairs = [[list(run), short] for run, short in acronyms.items()]
    (folder / "acronyms.json").write_text(json.dumps(pairs), encoding="utf-8")
    Lexicon.of(written).save(folder)
    np.save(folder / "languages.npy", np.asarray(languages, dtype=np.int8))
    np.save(folder / "flags.npy", np.asarray(flags, dtype=np.uint8))
    said = (entry.passage.text for _, _, entry in store.entries())
    np.save(folder / "originals.npy", originals(zip(said, published, told, strict=True)))
    np.save(folder / "rows.npy", np.asarray(rows, dtype=np.int64))
    np.save(folder / "published.npy", np.asarray(published, dtype=np.int32).reshape(-1, 2))
    faiss.write_index(passage_vectors, str(folder / "passages.faiss"))
    faiss.write_index(sentence_vectors, str(folder / "sentences.faiss"))


def _write_senses(tokens: npt.NDArray[np.uint32], senses: npt.NDArray[np.uint16], folder: Path) -> None:
    """Write the vector of every word, and of every distinct token that of the word it most often is."""
    pairs, counts = np.unique(
        tokens.astype(np.uint64) << np.uint64(16) | senses.astype(np.uint64), return_counts=True
    )
    order = np.lexsort((-counts, pairs >> np.uint64(16)))
    vocabulary, first = np.unique(pairs[order] >> np.uint64(16), return_index=True)
    np.save(folder / "senses.npy", senses)
    np.save(folder / "vocabulary.npy", vocabulary.astype(CODES))
    np.save(folder / "vocabulary_senses.npy", (pairs[order][first] & np.uint64(0xFFFF)).astype(np.uint16))


def _implied(entry: Entry, sentences: list[list[str]], acronyms: Mapping[Run, str]) -> list[list[str]]:
    """Return the tokens each sentence means beyond those it says: acronyms of the names it spells out."""
    little = frozenset(token(word) for word in stop_words("fr"))
    implied = [
        list(dict.fromkeys(token(short) for _, _, short in replace_runs(said, acronyms, little)))
        for said in sentences
    ]
    for definition in definitions(entry.passage.text):
        for (start, end), more in zip(entry.sentences, implied, strict=True):
            if start < definition.end <= end:
                more.append(MEANING + token(definition.short.replace(".", "")))
    return implied


def _vectors(dimension: int) -> faiss.Index:
    """Half precision: half the memory and twice the speed of single, the same order of results."""
    return faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)


def _flags(text: str, span: tuple[int, int], dated: list[int]) -> int:
    start, end = span
    return (
        HAS_DATE * any(start <= date < end for date in dated)
        | HAS_NUMBER * bool(_NUMBER.search(fold(text[start:end])))
        | HAS_NAME * bool(_NAME.search(text, start + 1, end))
    )


def _publication_days(article: Article) -> tuple[int, int]:
    low, high = bounds(article.published) if article.published else (None, None)
    return (low.toordinal(), high.toordinal()) if low and high else (UNDATED, UNDATED)
