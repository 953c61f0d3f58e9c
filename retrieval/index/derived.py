"""Everything search needs, built from the store: FAISS for vectors, tantivy for words, flat arrays.

A derived index belongs to one sequence number of its store and lives in a folder of that name. It is
built beside and renamed into place, so that a folder with the right name is always whole.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import faiss
import numpy as np
import numpy.typing as npt

from retrieval.language.acronyms import Run
from retrieval.errors import ArchiveError
from retrieval.index.arrays import Ints, Ragged, load_array
from retrieval.index.context import Articles
from retrieval.index.lexical import UNDATED, Lexical
from retrieval.index.lexicon import Lexicon
from retrieval.types import Vectors

HAS_DATE, HAS_NUMBER, HAS_NAME = 1, 2, 4
"""What a sentence holds, as flags: a date, a number, a capital inside the sentence."""

VERSION = 8
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
    passage, one pair after the other; days are proleptic ordinals. ``articles`` are those that the passages
    are of, as wholes. ``originals[p]`` is the first passage that
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
    articles: Articles
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


def sizes(folder: Path) -> dict[str, int]:
    """Return the size in bytes of every file under ``folder`` by its path there."""
    return {
        file.relative_to(folder).as_posix(): file.stat().st_size
        for file in folder.rglob("*")
        if file.is_file() and file.name != SIZES
    }


def _check_sizes(folder: Path) -> None:
    written: dict[str, int] = json.loads((folder / SIZES).read_text(encoding="utf-8"))
    if damaged := written.items() - sizes(folder).items():
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
            articles=Articles.load(folder),
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
