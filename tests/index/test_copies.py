"""Originals settled as passages come and go are those that all of them, settled at once, would have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from retrieval.index.copies import ALIKE, Place, place_of, regroup
from retrieval.index.signatures import Signature, bands, signature
from retrieval.store.passages import UNDATED, Removed

BASE = "un incendie a détruit sept hectares de pins près du lac et les pompiers ont évacué cinq campings hier"
TEXTS = [
    BASE,
    f"{BASE} dit la préfecture",
    f"{BASE} dit la préfecture du département voisin",
    f"selon le maire {BASE}",
    BASE.replace("sept", "huit"),
    "une phrase courte",
    "une autre phrase toute différente qui parle de vendanges précoces en Bourgogne et de la récolte",
]


@dataclass
class Table:
    """A copy table in memory, in which everything is looked for among everything."""

    passages: dict[int, Signature] = field(default_factory=dict)
    originals: dict[int, int] = field(default_factory=dict)

    def put(self, id_: int, one: Signature) -> None:
        self.passages[id_], self.originals[id_] = one, id_

    def remove(self, id_: int) -> Removed:
        return Removed(id_, self.originals.pop(id_), self.passages.pop(id_).words_key)

    def place(self, id: int) -> Place:
        return place_of(id, self.passages[id].published)

    def words_key(self, id: int) -> int:
        return self.passages[id].words_key

    def signature(self, id: int) -> Signature:
        return self.passages[id]

    def original(self, id: int) -> int:
        return self.originals[id]

    def set_original(self, id: int, original: int) -> None:
        self.originals[id] = original

    def first_with_words(self, words_key: int, before: Place, excluded: Iterable[int]) -> int | None:
        left = set(excluded)
        found = [
            self.place(id_)
            for id_, one in self.passages.items()
            if one.words_key == words_key and self.originals[id_] not in left
        ]
        earlier = [place for place in found if place < before]
        return min(earlier).id if earlier else None

    def first_copy(self, words_key: int, original: int) -> int | None:
        found = [
            self.place(id_)
            for id_, one in self.passages.items()
            if one.words_key == words_key and self.originals[id_] == original != id_
        ]
        return min(found).id if found else None

    def later_with_words(self, words_key: int, after: Place) -> list[int]:
        return [i for i, one in self.passages.items() if one.words_key == words_key and self.place(i) > after]

    def near(self, id: int) -> list[int]:
        own = self.passages[id]
        keys = {own.words_key, *bands(own)}
        return [i for i, one in self.passages.items() if keys & {one.words_key, *bands(one)}]

    def originals_near(self, id: int) -> list[int]:
        return [i for i in self.near(id) if self.originals[i] == i]

    def later_near(self, id: int) -> list[int]:
        return [i for i in self.near(id) if self.place(i) > self.place(id)]

    def copies_of(self, original: int) -> list[int]:
        return [i for i, first in self.originals.items() if first == original != i]


passages = st.builds(
    signature,
    st.sampled_from(TEXTS),
    st.sampled_from([(UNDATED, UNDATED), (100, 100), (101, 101), (110, 110), (500, 500), (90, 120)]),
    st.sampled_from([(), (100, 100), (101, 101), (100, 100, 90, 95)]),
)
changes = st.lists(st.tuples(st.integers(1, 9), st.none() | passages), max_size=25)


@given(changes)
def test_settled_step_by_step_or_at_once_is_the_same(steps: list[tuple[int, Signature | None]]) -> None:
    grown = Table()
    for id_, one in steps:
        removed = [grown.remove(id_)] if id_ in grown.passages else []
        if one:
            grown.put(id_, one)
        regroup(grown, [id_] if one else [], removed)
    fresh = Table()
    for id_, one in grown.passages.items():
        fresh.put(id_, one)
    regroup(fresh, fresh.passages)
    assert grown.originals == fresh.originals


@given(changes)
def test_an_original_is_no_copy_and_comes_first(steps: list[tuple[int, Signature | None]]) -> None:
    table = Table()
    for id_, one in steps:
        if one:
            table.put(id_, one)
    regroup(table, table.passages)
    for id_, original in table.originals.items():
        assert table.originals[original] == original
        assert table.place(original) <= table.place(id_)
        if original != id_:
            own, first = table.passages[id_], table.passages[original]
            assert not own.contradicts(first)
            assert own.likeness(first) >= ALIKE or any(
                other.words_key == own.words_key for i, other in table.passages.items() if i != id_
            )


def pair(first: str, second: str, days: tuple[int, int] = (100, 101)) -> bool:
    """Whether the second of two passages, published on these days, is a copy of the first."""
    table = Table()
    for id_, (text, day) in enumerate(zip((first, second), days, strict=True), start=1):
        table.put(id_, signature(text, (day, day), ()))
    regroup(table, table.passages)
    return table.originals[2] == 1


def test_words_may_be_added_but_not_figures_nor_negations() -> None:
    assert pair(BASE, f"{BASE}, dit la préfecture")
    assert pair(BASE, f"(AFP) {BASE.upper()}")
    assert not pair(BASE, BASE.replace("sept", "huit"))
    assert not pair(BASE, BASE.replace("ont évacué", "n'ont pas évacué"))
    assert not pair(BASE, BASE.replace("sept", "7 000"))


def test_a_story_is_news_for_a_month_and_a_box_for_ever() -> None:
    assert not pair(BASE, f"{BASE}, dit la préfecture", (100, 140))
    assert pair(BASE, BASE, (100, 5_000))


def test_a_short_passage_is_copied_word_for_word_or_not_at_all() -> None:
    assert pair("Lire aussi : le barrage", "lire aussi le barrage")
    assert not pair("Lire aussi : le barrage", "Lire aussi : le barrage du Niger")
