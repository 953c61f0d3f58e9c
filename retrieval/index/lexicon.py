"""The archive's words as it writes them, and those that look like a given one.

The lexical index knows words by their tokens, which cannot be read back; what a person is shown, or a
slip of theirs is compared with, needs the words themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA

from retrieval.index.arrays import Ragged, load_array
from retrieval.language.analysis import fold

SHORTEST, LONGEST = 4, 30
"""Letters of the words that are kept: shorter ones are all alike, longer ones are no words."""

TWO_SLIPS = 8
"""Letters from which a word may hold two slips: in a shorter one they leave too little of it."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words of letters alone, one a fold, in order of their first letter, then of their length.

    Row ``i`` of ``forms`` is word ``i`` in UTF-8 as the archive most often writes it; ``keys[i]`` says its
    first letter and its length (``_key``), ``letters[i]`` the set of its letters (``_letters``), all folded,
    and ``passages[i]`` how many hold it.
    """

    forms: Ragged
    keys: npt.NDArray[np.uint32]
    letters: npt.NDArray[np.uint32]
    passages: npt.NDArray[np.uint32]

    @classmethod
    def of(cls, written: Mapping[str, int]) -> Lexicon:
        """Return the lexicon of an archive from the number of passages that hold each word as written."""
        spellings: dict[str, list[str]] = {}
        for form in written:
            folded = fold(form)
            if SHORTEST <= len(folded) <= LONGEST and folded.isalpha():
                spellings.setdefault(folded, []).append(form)
        folds = sorted(spellings, key=lambda folded: (_key(folded), folded))
        return cls(
            # Of two forms as common, the last is the one in lower case.
            Ragged.of(
                (list(max(spellings[f], key=lambda form: (written[form], form)).encode()) for f in folds),
                np.uint8,
            ),
            np.array([_key(folded) for folded in folds], dtype=np.uint32),
            np.array([_letters(folded) for folded in folds], dtype=np.uint32),
            np.array([sum(written[form] for form in spellings[f]) for f in folds], dtype=np.uint32),
        )

    def __len__(self) -> int:
        return len(self.forms)

    def __getitem__(self, place: int) -> str:
        start, end = self.forms.offsets[place : place + 2]
        return self.forms.values[start:end].tobytes().decode()

    def likest(self, word: str, *, names: bool = False) -> str | None:
        """Return the word likest to ``word``, as the archive writes it, or None where none is like it.

        It is one slip away (a letter left out, put in, changed, or swapped with the next: the Damerau
        distance, once a place), or two in a word of TWO_SLIPS letters, and begins with the same letter, as
        nearly all slips leave it. Of several the nearest is taken, then the one that most passages hold;
        with ``names``, only among words with a capital.
        """
        folded = fold(word)
        if not SHORTEST <= len(folded) <= LONGEST:
            return None
        for slips in (1, 2) if len(folded) >= TWO_SLIPS else (1,):
            places = [
                place
                for place in self._near(folded, slips)
                if (self[place][0].isupper() or not names)
                and OSA.distance(folded, fold(self[place]), score_cutoff=slips) <= slips
            ]
            if places:
                return self[max(places, key=lambda place: int(self.passages[place]))]
        return None

    def _near(self, folded: str, slips: int) -> Iterator[int]:
        """Yield the words whose first letter, length and set of letters may be ``slips`` away.

        A slip changes one letter of the set where it changes the length, and two at most where it does not:
        nearly every word is ruled out by that without being read.
        """
        key = np.int64(_key(folded))
        low, high = np.searchsorted(self.keys, (key - slips, key + slips + 1))
        longer = np.abs(self.keys[low:high] - key)
        changed = np.bitwise_count(self.letters[low:high] ^ np.uint32(_letters(folded)))
        yield from (low + np.flatnonzero(changed + longer <= 2 * slips)).tolist()

    def save(self, folder: Path) -> None:
        """Write the lexicon's arrays, each under a name that begins with ``lexicon``."""
        self.forms.save(folder, "lexicon")
        for name in ("keys", "letters", "passages"):
            np.save(folder / f"lexicon.{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, folder: Path) -> Lexicon:
        """Map the arrays written by ``save`` into memory."""
        arrays = (load_array(folder, f"lexicon.{name}") for name in ("keys", "letters", "passages"))
        return cls(Ragged.load(folder, "lexicon"), *arrays)


def _key(folded: str) -> int:
    """Return a number that orders words by their first letter, then by their length."""
    return ord(folded[0]) << 8 | len(folded)


def _letters(folded: str) -> int:
    """Return the set of a word's letters as 32 bits, one for each of a to z; other scripts share them."""
    return sum({1 << ord(letter) % 32 for letter in folded})
