"""Everything search needs, built from the store: FAISS for vectors, tantivy for words, flat arrays.

A derived index belongs to one sequence number of its store and lives in a folder of that name. It is
built beside and renamed into place, so that a folder with the right name is always whole.
"""

from __future__ import annotations

import json
import re
import shutil
from array import array
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from zlib import crc32

import faiss
import numpy as np
import numpy.typing as npt

from retrieval.acronyms import MEANING, Run, definitions, mine, replace_runs
from retrieval.dates import bounds
from retrieval.errors import ArchiveError
from retrieval.index.arrays import Ints, Ragged, load_array
from retrieval.index.duplicates import originals
from retrieval.index.lexical import UNDATED, Lexical, LexicalWriter
from retrieval.index.lexicon import Lexicon
from retrieval.language import LANGUAGES
from retrieval.store import Entry, Store
from retrieval.text import stop_words, token, words
from retrieval.types import Article, Vectors
from retrieval.words import NONE, word_row

CODES = np.dtype(np.uint32)
HAS_DATE, HAS_NUMBER, HAS_NAME = 1, 2, 4
"""What a sentence holds, as flags: a date, a number in digits, a capital inside the sentence."""

_DIGIT = re.compile(r"\d")
_NAME = re.compile(r"(?<=[\w,;:»)] )[A-ZÀ-ÖØ-ÞŒ]|(?<=['’])[A-ZÀ-ÖØ-ÞŒ]")
BATCH = 4_096
VERSION = 6
"""Version of the derived files; those of another are built again from the store."""

SIZES = "sizes.json"
"""The file that says how many bytes every other has: one that is missing or cut short is noticed."""


def code(token: str) -> int:
    """Return the number that stands for a token in the flat arrays (CRC-32: stable across runs)."""
    return crc32(token.encode())


@dataclass(frozen=True, slots=True)
class Derived:
    """An index ready to be searched. Passages are addressed by position, 0 to n - 1.

    ``rows[p]`` is the passage's row in the store. Unit ``u`` of a passage is its title (the first) or
    one of its sentences: ``units.offsets[p]`` is the first unit of ``p``, ``tokens`` row ``u`` its tokens,
    ``senses`` runs beside ``tokens.values``: the row of each word's vector. ``vocabulary`` are the distinct
    tokens, sorted, and ``vocabulary_senses`` the row of the commonest word of each.
    ``units.values[u]`` the row of its vector in ``sentence_vectors`` (-1 for a title) and ``flags[u]``
    what it holds. ``acronyms`` are those the archive spells out, by what they stand for, and ``lexicon`` its
    words as it writes them.
    ``languages[p]`` is a place in ``LANGUAGES`` or -1, ``published[p]`` the first and the
    last day of publication. Row ``p`` of ``told`` has the first and the last day of each date told in the
    passage, one pair after the other; days are proleptic ordinals. ``originals[p]`` is the first passage that
    ``p`` is a copy of (``retrieval.index.duplicates``), ``p`` itself where it is of none.
    """

    folder: Path
    rows: Ints
    units: Ragged
    tokens: Ragged
    senses: npt.NDArray[np.uint16]
    vocabulary: npt.NDArray[np.uint32]
    vocabulary_senses: npt.NDArray[np.uint16]
    flags: npt.NDArray[np.uint8]
    languages: npt.NDArray[np.int8]
    published: npt.NDArray[np.int32]
    told: Ragged
    originals: Ints
    passage_vectors: faiss.Index
    sentence_vectors: faiss.Index
    lexical: Lexical
    acronyms: Mapping[Run, str]
    lexicon: Lexicon
    mean_length: float

    def __len__(self) -> int:
        return len(self.rows)

    def dense(self, vector: Vectors, k: int, since: int | None, until: int | None) -> list[int]:
        """Return the ``k`` passages nearest to ``vector`` published within [since, until], best first."""
        parameters = None
        if since is not None or until is not None:
            allowed = _within(self.published, since, until)
            selector = faiss.IDSelectorBatch(np.flatnonzero(allowed).astype(np.int64))
            parameters = faiss.SearchParameters()
            parameters.sel = selector
        _, found = self.passage_vectors.search(vector.reshape(1, -1), min(k, len(self)), params=parameters)
        return [int(p) for p in found[0] if p >= 0]

    def matching(self, tokens: list[str], k: int, since: int | None, until: int | None) -> list[int]:
        """Return the ``k`` best passages by BM25 published within [since, until], best first."""
        return self.lexical.search(tokens, k, since, until)

    def copies(self, position: int, since: int | None, until: int | None) -> list[int]:
        """Return the other passages that are copies of one, published within [since, until].

        They are in order of publication, undated last.
        """
        same = np.flatnonzero(self.originals == self.originals[position])
        same = same[(same != position) & _within(self.published[same], since, until)]
        found: list[int] = same[np.lexsort((same, *publication_keys(self.published[same])))].tolist()
        return found


def publication_keys(days: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """Return the keys, as ``np.lexsort`` takes them, that sort days of publication; undated comes last."""
    return np.where(days == UNDATED, np.iinfo(np.int32).max, days).T[::-1]


def _within(days: npt.NDArray[np.int32], since: int | None, until: int | None) -> npt.NDArray[np.bool_]:
    """Tell which of some first and last days of publication are within [since, until]; undated is not."""
    if since is None and until is None:
        return np.ones(len(days), dtype=np.bool_)
    started = days[:, 0] <= until if until is not None else True
    allowed: npt.NDArray[np.bool_] = (days[:, 1] >= (since or 0)) & (days[:, 0] != UNDATED) & started
    return allowed


def derived_folder(folder: Path, sequence: int) -> Path:
    """Return where the index derived from change number ``sequence`` of a store is kept."""
    return folder / f"derived{VERSION}-{sequence}"


def build(store: Store, dimension: int, folder: Path) -> Path:
    """Build the derived index of ``store``, vectors of ``dimension``, under ``folder``; return its place."""
    place = derived_folder(folder, store.sequence)
    if place.exists():
        return place
    temporary = folder / "derived.tmp"
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True)
    _write(store, dimension, temporary)
    (temporary / SIZES).write_text(json.dumps(_sizes(temporary)), encoding="utf-8")
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
        | HAS_NUMBER * bool(_DIGIT.search(text, start, end))
        | HAS_NAME * bool(_NAME.search(text, start + 1, end))
    )


def _publication_days(article: Article) -> tuple[int, int]:
    low, high = bounds(article.published) if article.published else (None, None)
    return (low.toordinal(), high.toordinal()) if low and high else (UNDATED, UNDATED)


def _sizes(folder: Path) -> dict[str, int]:
    """Return the size in bytes of every file under ``folder`` by its path there."""
    return {
        file.relative_to(folder).as_posix(): file.stat().st_size
        for file in folder.rglob("*")
        if file.is_file() and file.name != SIZES
    }


def _check_sizes(folder: Path) -> None:
    written: dict[str, int] = json.loads((folder / SIZES).read_text(encoding="utf-8"))
    if damaged := written.items() - _sizes(folder).items():
        raise ValueError(f"{min(damaged)[0]} is missing or cut short")


def load(folder: Path) -> Derived:
    """Open a derived index built by ``build``.

    Raises:
        ArchiveError: a file is missing or damaged.
    """
    try:
        _check_sizes(folder)
        tokens = Ragged.load(folder, "tokens")
        spelled = (folder / "acronyms.json").read_text(encoding="utf-8")
        rows = load_array(folder, "rows")
        return Derived(
            folder=folder,
            rows=rows,
            units=Ragged.load(folder, "units"),
            tokens=tokens,
            senses=load_array(folder, "senses"),
            vocabulary=load_array(folder, "vocabulary"),
            vocabulary_senses=load_array(folder, "vocabulary_senses"),
            flags=load_array(folder, "flags"),
            languages=load_array(folder, "languages"),
            published=load_array(folder, "published"),
            told=Ragged.load(folder, "told"),
            originals=load_array(folder, "originals"),
            passage_vectors=faiss.read_index(str(folder / "passages.faiss"), faiss.IO_FLAG_MMAP),
            sentence_vectors=faiss.read_index(str(folder / "sentences.faiss"), faiss.IO_FLAG_MMAP),
            lexical=Lexical(folder / "lexical"),
            acronyms={tuple(run): short for run, short in json.loads(spelled)},
            lexicon=Lexicon.load(folder),
            mean_length=len(tokens.values) / max(len(rows), 1),
        )
    except (OSError, ValueError, RuntimeError) as error:
        reason = str(error).splitlines()[0][:160]
        raise ArchiveError(
            f"The index {folder.parent} is damaged ({reason}): delete its folder and build it again."
        ) from error
