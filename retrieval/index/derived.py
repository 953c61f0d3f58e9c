"""Everything search needs, built from the store: FAISS for vectors, tantivy for words, flat arrays.

A derived index belongs to one sequence number of its store and lives in a folder of that name. It is
built beside and renamed into place, so that a folder with the right name is always whole.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from zlib import crc32

import faiss
import numpy as np
import numpy.typing as npt

from retrieval.dates import bounds
from retrieval.errors import ArchiveError
from retrieval.index.arrays import Ints, Ragged, load_array
from retrieval.index.lexical import UNDATED, Lexical, LexicalWriter
from retrieval.language import LANGUAGES
from retrieval.store import Store
from retrieval.text import analyse
from retrieval.types import Article, Vectors

CODES = np.dtype(np.uint32)
HAS_DATE, HAS_NUMBER, HAS_NAME = 1, 2, 4
"""What a sentence holds, as flags: a date, a number in digits, a capital inside the sentence."""

_DIGIT = re.compile(r"\d")
_NAME = re.compile(r"(?<=[\w,;:»)] )[A-ZÀ-ÖØ-ÞŒ]|(?<=['’])[A-ZÀ-ÖØ-ÞŒ]")
BATCH = 4_096


def code(token: str) -> int:
    """Return the number that stands for a token in the flat arrays (CRC-32: stable across runs)."""
    return crc32(token.encode())


@dataclass(frozen=True, slots=True)
class Derived:
    """An index ready to be searched. Passages are addressed by position, 0 to n - 1.

    ``rows[p]`` is the passage's row in the store. Unit ``u`` of a passage is its title (the first) or
    one of its sentences: ``units.offsets[p]`` is the first unit of ``p``, ``tokens`` row ``u`` its tokens,
    ``units.values[u]`` the row of its vector in ``sentence_vectors`` (-1 for a title) and ``flags[u]``
    what it holds. ``languages[p]`` is a place in ``LANGUAGES`` or -1, ``published[p]`` the first and the
    last day of publication.
    """

    folder: Path
    rows: Ints
    units: Ragged
    tokens: Ragged
    flags: npt.NDArray[np.uint8]
    languages: npt.NDArray[np.int8]
    published: npt.NDArray[np.int32]
    passage_vectors: faiss.Index
    sentence_vectors: faiss.Index
    lexical: Lexical
    mean_length: float

    def __len__(self) -> int:
        return len(self.rows)

    def dense(self, vector: Vectors, k: int, since: int | None, until: int | None) -> list[int]:
        """Return the ``k`` passages nearest to ``vector`` published within [since, until], best first."""
        parameters = None
        if since is not None or until is not None:
            allowed = (self.published[:, 1] >= max(since or 0, 0)) & (self.published[:, 0] != UNDATED)
            if until is not None:
                allowed &= self.published[:, 0] <= until
            selector = faiss.IDSelectorBatch(np.flatnonzero(allowed).astype(np.int64))
            parameters = faiss.SearchParameters()
            parameters.sel = selector
        _, found = self.passage_vectors.search(vector.reshape(1, -1), min(k, len(self)), params=parameters)
        return [int(p) for p in found[0] if p >= 0]

    def words(self, tokens: list[str], k: int, since: int | None, until: int | None) -> list[int]:
        """Return the ``k`` best passages by BM25 published within [since, until], best first."""
        return self.lexical.search(tokens, k, since, until)


def build(store: Store, dimension: int, folder: Path) -> Path:
    """Build the derived index of ``store``, vectors of ``dimension``, under ``folder``; return its place."""
    place = folder / f"derived-{store.sequence}"
    if place.exists():
        return place
    temporary = folder / "derived.tmp"
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True)
    _write(store, dimension, temporary)
    temporary.rename(place)
    for old in folder.glob("derived-*"):
        if old != place:
            shutil.rmtree(old, ignore_errors=True)
    return place


def _write(store: Store, dimension: int, folder: Path) -> None:
    """Write the files of a derived index, a batch of passages at a time."""
    rows: list[int] = []
    published: list[tuple[int, int]] = []
    units: list[list[int]] = []
    tokens: list[list[int]] = []
    flags: list[int] = []
    languages: list[int] = []
    passage_vectors, sentence_vectors = _vectors(dimension), _vectors(dimension)
    lexical = LexicalWriter(folder / "lexical")
    entries = store.entries()
    while batch := list(islice(entries, BATCH)):
        for row, article, entry in batch:
            days = _publication_days(article)
            texts = [article.title or "", *(entry.passage.text[a:b] for a, b in entry.sentences)]
            analysed = [analyse(text) for text in texts]
            first = sentence_vectors.ntotal
            sentence_vectors.add(entry.sentence_vectors)
            rows.append(row)
            published.append(days)
            languages.append(LANGUAGES.index(entry.language) if entry.language in LANGUAGES else -1)
            units.append([-1, *range(first, sentence_vectors.ntotal)])
            tokens.extend([code(token) for token in unit] for unit in analysed)
            dated = [date.start for date in store.dates(row) if date.low is not None]
            flags.append(0)
            flags.extend(_flags(entry.passage.text, span, dated) for span in entry.sentences)
            lexical.add(chain.from_iterable(analysed), *days)
        passage_vectors.add(np.stack([entry.vector for _, _, entry in batch]))
    lexical.close()
    Ragged.of(units, np.int64).save(folder, "units")
    Ragged.of(tokens, CODES).save(folder, "tokens")
    np.save(folder / "languages.npy", np.asarray(languages, dtype=np.int8))
    np.save(folder / "flags.npy", np.asarray(flags, dtype=np.uint8))
    np.save(folder / "rows.npy", np.asarray(rows, dtype=np.int64))
    np.save(folder / "published.npy", np.asarray(published, dtype=np.int32).reshape(-1, 2))
    faiss.write_index(passage_vectors, str(folder / "passages.faiss"))
    faiss.write_index(sentence_vectors, str(folder / "sentences.faiss"))


def _vectors(dimension: int) -> faiss.Index:
    """Half precision: half the memory and twice the speed of single, the same order of results."""
    return faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)


def _flags(text: str, span: tuple[int, int], dated: list[int]) -> int:
    start, end = span
    return (
        HAS_DATE * any(start <= date < end for date in dated)
        | HAS_NUMBER * bool(_DIGIT.search(text, start, end))
        | HAS_NAME * bool(_NAME.search(text, start + 1, end))
    )


def _publication_days(article: Article) -> tuple[int, int]:
    low, high = bounds(article.published) if article.published else (None, None)
    return (low.toordinal(), high.toordinal()) if low and high else (UNDATED, UNDATED)


def load(folder: Path) -> Derived:
    """Open a derived index built by ``build``.

    Raises:
        ArchiveError: a file is missing or damaged.
    """
    try:
        tokens = Ragged.load(folder, "tokens")
        rows = load_array(folder, "rows")
        return Derived(
            folder=folder,
            rows=rows,
            units=Ragged.load(folder, "units"),
            tokens=tokens,
            flags=load_array(folder, "flags"),
            languages=load_array(folder, "languages"),
            published=load_array(folder, "published"),
            passage_vectors=faiss.read_index(str(folder / "passages.faiss"), faiss.IO_FLAG_MMAP),
            sentence_vectors=faiss.read_index(str(folder / "sentences.faiss"), faiss.IO_FLAG_MMAP),
            lexical=Lexical(folder / "lexical"),
            mean_length=len(tokens.values) / max(len(rows), 1),
        )
    except (OSError, ValueError, RuntimeError) as error:
        reason = str(error).splitlines()[0][:160]
        raise ArchiveError(
            f"The index {folder.parent} is damaged ({reason}): delete its folder and build it again."
        ) from error
