"""What every index must do. A new kind of index is tested by adding how it is made to MAKERS."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from index.archives import DISPATCH, ENCODER, WORDS, analysed, ask, drawn, put

from retrieval.errors import ArchiveError
from retrieval.index.interface import Index, iterate_stored
from retrieval.index.local import LocalIndex, segments
from retrieval.language.analysis import token, token_code
from retrieval.store.passages import MOST_PARAGRAPHS, UNDATED, passage_id

DEPTH = 50
Make = Callable[[], Index]


def local(folder: Path) -> LocalIndex:
    folder.mkdir()
    return LocalIndex(folder, ENCODER.dimension)


MAKERS = {"local": local}


@pytest.fixture(autouse=True)
def _small_segments(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the local index write its segment on disk, and put small ones together, after a few changes."""
    monkeypatch.setattr(segments, "REWRITE_FROM", 10)
    monkeypatch.setattr(segments, "MOST_SMALL", 3)


@pytest.fixture(params=MAKERS)
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Make]:
    made: list[Index] = []

    def new() -> Index:
        made.append(MAKERS[request.param](tmp_path / f"index{len(made)}"))
        return made[-1]

    yield new
    for index in made:
        index.close()


def ids_of(name: str, count: int) -> list[int]:
    return [passage_id(analysed(name, "x").article.id, number) for number in range(1, count + 1)]


def contents(index: Index) -> dict[str, object]:
    """All that can be asked of an index, to compare two of them."""
    with index.snapshot():
        statistics = index.statistics()
        seen: dict[str, object] = {
            "ids": index.ids().tolist(),
            "counts": (statistics.passages, statistics.articles, statistics.mean_length),
            "days": [column.tolist() for column in (statistics.days().low, statistics.days().passages)],
            "stored": [(one.id, one.passage.text, one.dates) for one in iterate_stored(index, 3)],
            "frequencies": [statistics.frequency(word) for word in ("barrag", "niger", "aes", "absent")],
            "senses": [statistics.sense(word) for word in ("barrag", "niger", "aes", "absent")],
            "spellings": statistics.spellings("b", (4, 9)),
            "phrases": statistics.phrases_of(["aes"]),
            "events": statistics.event_days("02-11"),
            "copies": {one: index.copies(one) for one in index.ids().tolist()},
        }
        for text in (
            "barrage du Niger",
            "Alliance des États du Sahel",
            "AES",
            "incendie en janvier 2024",
            "pont",
        ):
            question = ask(index, text)
            found = index.find(question, depth=5)
            seen[text] = (
                index.nearest(question.vector, 9).tolist(),
                index.matching(question, 9).tolist(),
                found.ids.tolist(),
                found.originals.tolist(),
                found.article_terms.tolist(),
                found.unit_cosines.tolist(),
                found.tokens.values.tolist(),
            )
        return seen


def test_nearest_and_matching_are_in_order_and_ties_are_by_id(make: Make) -> None:
    index = make()
    put(index, [analysed(f"{n}.txt", "Le pont du fleuve.") for n in range(20)])
    put(index, [analysed("best.txt", "Le pont, le pont, le pont !"), analysed("none.txt", "Une école.")])
    question = ask(index, "pont")
    tied = sorted(passage_id(analysed(f"{n}.txt", "x").article.id, 1) for n in range(20))
    best = ids_of("best.txt", 1)
    assert index.matching(question, 8).tolist() == best + tied[:7]
    assert index.nearest(question.vector, 8).tolist() == best + tied[:7]
    assert index.matching(question, 100).tolist() == best + tied, "what holds no term is not found"
    assert len(index.nearest(question.vector, 100)) == 22


def test_filters_keep_to_publication_and_leave_out_the_undated(make: Make) -> None:
    index = make()
    put(
        index,
        [
            analysed("day.txt", "Le pont.", "2024-01-10"),
            analysed("month.txt", "Le pont.", "2024-02"),
            analysed("undated.txt", "Le pont."),
        ],
    )
    question = ask(index, "pont", None)
    day, month, undated = (ids_of(name, 1)[0] for name in ("day.txt", "month.txt", "undated.txt"))

    def found(since: str | None, until: str | None) -> set[int]:
        low, high = (dt.date.fromisoformat(day).toordinal() if day else None for day in (since, until))
        both = index.matching(question, 9, (low, high)), index.nearest(question.vector, 9, (low, high))
        assert set(both[0].tolist()) == set(both[1].tolist())
        assert set(index.find(question, (low, high), depth=DEPTH).ids.tolist()) == set(both[0].tolist())
        return set(both[0].tolist())

    assert found(None, None) == {day, month, undated}
    assert found("2024-01-10", None) == {day, month}
    assert found("2024-01-11", None) == {month}
    assert found("2024-02-29", None) == {month}, "an article of the month may be of its last day"
    assert found("2024-03-01", None) == set()
    assert found(None, "2024-01-31") == {day}


def test_the_year_of_an_event_is_the_one_that_the_archive_tells(make: Make) -> None:
    """It comes and goes with the articles that tell it, before or after the one that leaves it out."""
    index = make()

    def years() -> list[str]:
        return [date.value for one in index.stored(ids_of("open.txt", 1)) for date in one.dates]

    put(
        index,
        [analysed("open.txt", "Depuis l'attaque du 11 février à Dakar, le port est gardé.", "2024-01-10")],
    )
    assert years() == ["XXXX-02-11"]
    put(index, [analysed("other.txt", "Le vote du 11 février 2022 à Dakar.", "2023-01-10")])
    assert years() == ["XXXX-02-11"], "an election is no attack"
    put(index, [analysed("told.txt", "Une attaque a visé Dakar le 11 février 2021.", "2023-01-10")])
    assert years() == ["2021-02-11"]
    put(index, [analysed("later.txt", "Une attaque a visé Dakar le 11 février 2025.", "2025-03-10")])
    assert years() == ["2021-02-11"], "what came later is not what an article tells"
    put(index, [analysed("two.txt", "L'attaque du 11 février 2019 à Dakar.", "2023-01-10")])
    assert years() == ["XXXX-02-11"], "two attacks of the same day and place"
    index.remove([analysed("told.txt", "x").article.id])
    assert years() == ["2019-02-11"]
    index.remove([analysed("two.txt", "x").article.id])
    assert years() == ["XXXX-02-11"]


def test_what_is_removed_or_replaced_is_found_no_more(make: Make) -> None:
    index = make()
    put(index, [analysed("a.txt", "Le pont.\n\nLe barrage."), analysed("b.txt", "Le pont.")])
    index.remove([analysed("a.txt", "x").article.id, "unknown"])
    assert index.ids().tolist() == ids_of("b.txt", 1)
    assert index.matching(ask(index, "barrage"), 9).tolist() == []
    assert len(index.nearest(ask(index, "barrage").vector, 9)) == 1
    assert index.stored(ids_of("a.txt", 2)) == []
    index.put([analysed("b.txt", "Le tramway.\n\nUn musée.", title="Nouveau")])
    assert index.matching(ask(index, "pont"), 9).tolist() == []
    (found,) = index.stored(index.matching(ask(index, "tramway"), 9).tolist())
    assert (found.passage.text, found.article.title) == ("Le tramway.", "Nouveau")
    assert index.stamps() == {found.article.id: "stamp of Le tramway.\n\nUn musée."}


def test_stored_passages_are_exact_slices_in_the_order_asked_for(make: Make) -> None:
    index = make()
    text = "\ufeffLe pont de l’Alma, « fermé ».\r\n\r\n  Le 3 avril 2024, il rouvre. Enfin !\n"
    index.put([analysed("a.txt", text, "2024-04-10")])
    second, first = index.stored(ids_of("a.txt", 2)[::-1])
    for one in (first, second):
        assert one.article.text[one.passage.start : one.passage.end] == one.passage.text
    assert [one.passage.paragraph for one in (first, second)] == [1, 2]
    assert [date.value for date in second.dates] == ["2024-04-03"]
    assert second.sentence_vectors.shape == (len(second.sentences), ENCODER.dimension)
    assert [second.passage.text[a:b] for a, b in second.sentences] == [
        "Le 3 avril 2024, il rouvre.",
        "Enfin !",
    ]


def test_candidates_hold_what_the_passages_say(make: Make) -> None:
    index = make()
    put(
        index,
        [
            analysed("a.txt", "Le pont rouvre. Le Niger monte.\n\nLe barrage.", "2024-01-10", "Crue"),
            analysed("b.txt", "Rien."),
        ],
    )
    question = ask(index, "pont et barrage")
    found = index.candidates(question, np.array([*ids_of("a.txt", 2), *ids_of("b.txt", 1), 5]))
    assert found.ids.tolist() == sorted([*ids_of("a.txt", 2), *ids_of("b.txt", 1)])
    first = int(np.searchsorted(found.ids, ids_of("a.txt", 1)[0]))
    units = range(found.first_units[first], found.first_units[first + 1])
    codes = [found.tokens.values[slice(*found.tokens.offsets[u : u + 2])].tolist() for u in units]
    assert codes == [
        [token_code(token(word)) for word in unit.split()]
        for unit in ("Crue", "Le pont rouvre", "Le Niger monte")
    ]
    assert found.published[first].tolist() == [dt.date(2024, 1, 10).toordinal()] * 2
    other = int(np.searchsorted(found.ids, ids_of("b.txt", 1)[0]))
    assert found.published[other].tolist() == [UNDATED, UNDATED]
    assert found.article_terms[first].all(), "the article holds both, the passage one"
    assert not found.article_terms[other].any()
    (stored,) = index.stored([int(found.ids[first])])
    assert found.passage_cosines[first] == pytest.approx(float(stored.vector @ question.vector), abs=1e-3)
    assert found.unit_cosines[units[1]] == pytest.approx(
        float(stored.sentence_vectors[0] @ question.vector), abs=1e-3
    )
    taken = found.take(np.array([other, first]))
    assert taken.ids.tolist() == [found.ids[other], found.ids[first]]
    units = np.arange(taken.first_units[1], taken.first_units[2])
    assert taken.tokens.take(units).values.tolist() == [code for unit in codes for code in unit]


def test_a_phrase_that_is_spelled_out_matches_its_acronym_both_ways(make: Make) -> None:
    index = make()
    put(
        index,
        [
            analysed("long.txt", "Un sommet de l'Alliance des États du Sahel."),
            analysed("short.txt", "Un sommet de l'AES."),
            analysed("defined.txt", "L'Alliance des États du Sahel (AES) se réunit."),
        ],
    )
    every = {ids_of(name, 1)[0] for name in ("long.txt", "short.txt", "defined.txt")}
    assert set(index.matching(ask(index, "AES"), 9).tolist()) == every
    assert set(index.matching(ask(index, "Alliance des États du Sahel"), 9).tolist()) == every
    index.remove([analysed("defined.txt", "x").article.id])
    assert index.matching(ask(index, "AES"), 9).tolist() == ids_of("short.txt", 1)


def test_statistics_are_those_of_a_recount(make: Make) -> None:
    index, draw = make(), random.Random(3)
    kept = {f"{n}.txt": drawn(draw, f"{n}.txt") for n in range(30)}
    put(index, kept.values())
    for name in ("3.txt", "8.txt"):
        index.remove([kept.pop(name).article.id])
    kept["5.txt"] = drawn(draw, "5.txt")
    index.put([kept["5.txt"]])
    passages = [one for article in kept.values() for one in article.passages]
    frequency = Counter(token for one in passages for token in {t for unit in one.units for t in unit.tokens})
    statistics = index.statistics()
    assert (statistics.articles, statistics.passages) == (len(kept), len(passages))
    assert statistics.mean_length == pytest.approx(
        np.mean([sum(len(unit.tokens) for unit in one.units) for one in passages])
    )
    assert {token: statistics.frequency(token) for token in frequency} == frequency
    days = statistics.days()
    counted = Counter(one.published for one in passages if one.published[0] != UNDATED)
    assert (
        dict(
            zip(zip(days.low.tolist(), days.high.tolist(), strict=True), days.passages.tolist(), strict=True)
        )
        == counted
    )


@pytest.mark.parametrize("seed", range(4))
def test_after_additions_and_removals_it_is_as_one_built_afresh(make: Make, seed: int) -> None:
    draw, grown, kept = random.Random(seed), make(), {}
    for step in range(60):
        name = f"{draw.randint(0, 25)}.txt"
        if name in kept and draw.random() < 0.4:
            grown.remove([kept.pop(name).article.id])
        else:
            kept[name] = drawn(draw, name)
            grown.put([kept[name]])
        if step % 20 == 10:
            grown.compact()
            grown.find(ask(grown, draw.choice(WORDS)), depth=DEPTH)
    fresh = make()
    order = list(kept.values())
    draw.shuffle(order)
    fresh.put(order)
    assert contents(grown) == contents(fresh)


def test_copies_are_known_with_the_first_published_as_their_original(make: Make) -> None:
    index = make()
    put(
        index,
        [
            analysed("late.txt", DISPATCH + " Le feu est éteint.", "2024-01-12"),
            analysed("first.txt", DISPATCH, "2024-01-10"),
            analysed("next.txt", DISPATCH, "2024-01-11"),
            analysed("other.txt", DISPATCH.replace("sept", "huit"), "2024-01-10"),
        ],
    )
    first, following, late, other = (
        ids_of(f"{name}.txt", 1)[0] for name in ("first", "next", "late", "other")
    )
    found = index.find(ask(index, "incendie hectares"), depth=DEPTH)
    assert dict(zip(found.ids.tolist(), found.originals.tolist(), strict=True)) == {
        first: first, following: first, late: first, other: other
    }  # fmt: skip
    assert index.copies(late) == [first, following]
    assert index.copies(first, (dt.date(2024, 1, 12).toordinal(), None)) == [late]
    index.remove([analysed("first.txt", "x").article.id])
    assert index.copies(late) == [following]


def test_a_question_in_time_also_gets_passages_of_that_time(make: Make) -> None:
    index = make()
    put(index, [analysed(f"{n}.txt", "Le pont, le pont.", "2023-05-02") for n in range(8)])
    put(index, [analysed("then.txt", "Un pont et bien d'autres choses encore.", "2024-01-20")])
    question = ask(index, "le pont en janvier 2024")
    assert question.time is not None
    assert question.time.settled_by == "publication"
    assert ids_of("then.txt", 1)[0] in index.find(question, depth=2).ids
    assert ids_of("then.txt", 1)[0] not in index.find(ask(index, "le pont", None), depth=2).ids


def test_all_of_a_change_is_kept_or_none(make: Make) -> None:
    index = make()
    index.put([analysed("a.txt", "Le pont.")])
    good, bad = analysed("b.txt", "Un musée."), analysed("c.txt", "Un train.")
    with pytest.raises(ArchiveError):  # an article twice in one change
        index.put([good, bad, good])
    assert index.ids().tolist() == ids_of("a.txt", 1)
    assert index.statistics().articles == 1


def test_within_a_snapshot_nothing_changes(make: Make) -> None:
    index = make()
    put(index, [analysed("a.txt", "Le pont.")])
    with index.snapshot(), index.snapshot():
        before = index.statistics().passages
        assert index.matching(ask(index, "pont"), 9).tolist() == ids_of("a.txt", 1)
    assert before == 1


def test_an_empty_index_finds_nothing(make: Make) -> None:
    index = make()
    question = ask(index, "Où est le pont ?")
    assert len(index.find(question, depth=DEPTH)) == 0
    assert (
        index.ids().tolist()
        == index.matching(question, 3).tolist()
        == index.nearest(question.vector, 3).tolist()
        == []
    )
    index.remove(["none"])
    index.compact()
    assert index.statistics().passages == 0


def test_the_highest_paragraph_number_is_that_of_the_articles_room() -> None:
    from retrieval.articles import passages

    assert passages.MOST_PARAGRAPHS == MOST_PARAGRAPHS
