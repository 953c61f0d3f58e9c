"""A segment: passages that are searched together. It never changes; what is removed is masked by its owner.

The segment on disk holds most of an archive, mapped into memory; what was added since is in segments of a
process's own, built from the store. All are of one kind, so what is found does not depend on how passages are
divided among them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import faiss
import numpy as np
import numpy.typing as npt

from retrieval.arrays import Bools, Floats, Ints, Ragged
from retrieval.index.interface import Bounds
from retrieval.index.local.postings import Postings, QueryTerm, best
from retrieval.store.passages import UNDATED
from retrieval.types import Vectors

VERSION = 1
"""Version of the files; a segment of another is built again from the store."""

CHECKSUMS = "checksums.json"
"""The file that has the version and the CRC-32 of every other: one that was damaged is noticed."""

_VECTORS = "vectors.faiss"
_CHUNK = 1 << 22
_TIES = 16
"""Passages asked of FAISS beyond those wanted, to see whether the last ones are equal."""

Scored = tuple[Ints, Floats]
"""Ids of passages and their scores."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Passages by slot, in ascending order of their ids.

    ``published`` has shape (n, 2), the first and the last day; row s of ``dates`` the first and the last day
    of each date told in passage s, one pair after the other. ``vectors`` are the passages' by slot, float16.
    """

    ids: Ints
    published: npt.NDArray[np.int32]
    dates: Ragged
    postings: Postings
    vectors: faiss.Index

    def __len__(self) -> int:
        return len(self.ids)

    def slots(self, ids: Ints) -> Ints:
        """Return the slots of those ids that the segment has."""
        places = np.searchsorted(self.ids, ids)
        places[places == len(self.ids)] = 0
        return places[self.ids[places] == ids] if len(self.ids) else places[:0]

    def nearest(self, vector: Vectors, k: int, allowed: Bools | None) -> Scored:
        """Return the ``k`` allowed passages of highest cosine, and all that equal the last of them."""
        parameters = None
        available = len(self)
        if allowed is not None:
            available = int(np.count_nonzero(allowed))
            bitmap: Any = faiss.IDSelectorBitmap
            parameters = faiss.SearchParameters()
            parameters.sel = bitmap(np.packbits(allowed, bitorder="little"))
        wanted = min(k, available)
        asked = wanted
        while True:
            asked = min(asked + _TIES, available)
            if not asked:
                return np.empty(0, np.int64), np.empty(0)
            found, slots = self.vectors.search(vector.reshape(1, -1), asked, params=parameters)
            if asked == available or found[0, -1] < found[0, wanted - 1]:
                break
            asked *= 4
        kept = found[0] >= found[0, wanted - 1]
        return self.ids[slots[0][kept]], found[0][kept].astype(np.float64)

    def matching(
        self, terms: Sequence[QueryTerm], mean_length: float, k: int, allowed: Bools | None
    ) -> Scored:
        """Return the ``k`` allowed passages of highest BM25, and all that equal the last of them."""
        scores = self.postings.scores(terms, mean_length)
        slots = best(scores, k, allowed)
        return self.ids[slots], scores[slots]

    def published_within(self, within: Bounds) -> Bools | None:
        """Return which passages were published within bounds, None where there are no bounds."""
        since, until = within
        if since is None and until is None:
            return None
        low, high = self.published[:, 0], self.published[:, 1]
        allowed: Bools = (high >= (since or 0)) & (low != UNDATED)
        return allowed if until is None else allowed & (low <= until)

    def telling(self, within: tuple[int, int]) -> Bools:
        """Return which passages tell a date that has a day within two."""
        days = np.asarray(self.dates.values, dtype=np.int64).reshape(-1, 2)
        inside = (days[:, 0] <= within[1]) & (days[:, 1] >= within[0])
        owners = np.repeat(np.arange(len(self)), self.dates.lengths // 2)
        return np.bincount(owners[inside], minlength=len(self)) > 0


def build_segment(
    ids: Ints,
    published: npt.NDArray[np.int32],
    dates: Ragged,
    tokens: Ragged,
    vectors: Vectors,
    dimension: int,
) -> Segment:
    """Return the segment of passages in ascending order of ids; ``vectors`` has shape (n, dimension)."""
    flat = faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    flat.add(vectors)
    return Segment(ids, published, dates, Postings.of(tokens), flat)


def save_segment(segment: Segment, folder: Path) -> None:
    """Write a segment into a new folder."""
    folder.mkdir(parents=True)
    for name, array in _arrays(segment).items():
        np.save(folder / f"{name}.npy", array)
    faiss.write_index(segment.vectors, str(folder / _VECTORS))
    sums = {file.name: _checksum(file) for file in sorted(folder.iterdir())}
    (folder / CHECKSUMS).write_text(json.dumps({"version": VERSION, "files": sums}), encoding="utf-8")


def load_segment(folder: Path) -> Segment:
    """Map a saved segment into memory.

    Raises:
        OSError, ValueError or RuntimeError: a file is missing or damaged, or of another version.
    """
    known = json.loads((folder / CHECKSUMS).read_text(encoding="utf-8"))
    if known["version"] != VERSION:
        raise ValueError(f"version {known['version']}")
    for name, checksum in known["files"].items():
        if _checksum(folder / name) != checksum:
            raise ValueError(f"{name} has changed")
    array = {name: _mapped(folder / f"{name}.npy") for name in _NAMES}
    return Segment(
        ids=array["ids"],
        published=array["published"],
        dates=Ragged(array["dates_offsets"], array["dates"]),
        postings=Postings(
            codes=array["codes"],
            slots=Ragged(array["slots_offsets"], array["slots"]),
            counts=array["counts"],
            lengths=array["lengths"],
        ),
        vectors=faiss.read_index(str(folder / _VECTORS), faiss.IO_FLAG_MMAP),
    )


def _arrays(segment: Segment) -> dict[str, npt.NDArray[Any]]:
    postings = segment.postings
    arrays = (
        segment.ids,
        segment.published,
        segment.dates.offsets,
        segment.dates.values,
        postings.codes,
        postings.slots.offsets,
        postings.slots.values,
        postings.counts,
        postings.lengths,
    )
    return dict(zip(_NAMES, arrays, strict=True))


_NAMES = (
    "ids",
    "published",
    "dates_offsets",
    "dates",
    "codes",
    "slots_offsets",
    "slots",
    "counts",
    "lengths",
)


def _mapped(file: Path) -> npt.NDArray[Any]:
    """Map an array into memory, as a plain array: slices of NumPy's own class for that are slow."""
    array: npt.NDArray[Any] = np.load(file, mmap_mode="r", allow_pickle=False).view(np.ndarray)
    return array


def _checksum(file: Path) -> int:
    checksum = 0
    with file.open("rb") as opened:
        while chunk := opened.read(_CHUNK):
            checksum = crc32(chunk, checksum)
    return checksum
