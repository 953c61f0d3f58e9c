"""A passage that several articles carry is quoted once, and the others are named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from fakes import ARTICLES, BY_WORDS, archive_of
from hypothesis import given
from hypothesis import strategies as st

from retrieval.archive import Archive
from retrieval.index.lexical import UNDATED
from retrieval.ranking.collapse import EVEN, order
from retrieval.ranking.confidence import CONFIDENCE_FEATURES
from retrieval.ranking.model import CANDIDATES
from retrieval.types import Hit

STORY = (
    "Le phare d’Ouessant ferme ses portes pour trois mois, le temps de remplacer la lentille taillée en 1863,"
    " a annoncé la direction des affaires maritimes. Les visiteurs seront reçus au musée des phares voisin."
)
Open = Callable[..., Archive]


@pytest.fixture
def opened(tmp_path: Path) -> Open:
    def build(texts: dict[str, str], **fields: object) -> Archive:
        built = archive_of(texts, tmp_path)
        return Archive(built.folder, built.encoder, root=built.root, weights=replace(BY_WORDS, **fields))

    return build


def sources(hit: Hit) -> list[str]:
    """Who carries a passage: whom it is quoted from, then the others."""
    return [article.source for article in (hit.article, *hit.also)]


def test_a_dispatch_is_quoted_once_and_its_other_papers_are_named(opened: Open) -> None:
    papers = {
        "telegramme.txt": f"date 2024-03-05 BREST (AFP) - {STORY}",
        "figaro.txt": f"date 2024-03-06 {STORY} (avec Reuters)",
        "blog.txt": STORY,
        "marin.txt": "date 2024-03-05 Le phare d’Ouessant a été allumé en 1863.",
    }
    with opened(papers) as archive:
        hits = archive.search("la lentille du phare d’Ouessant")
        told, other = sorted(map(sources, hits), key=len, reverse=True)
        assert sorted(told) == ["blog.txt", "figaro.txt", "telegramme.txt"]
        assert other == ["marin.txt"]
        (answer, *rest) = archive.ask("la lentille du phare d’Ouessant").quotes
        assert [article.source for article in (answer.article, *answer.also)] == told
        assert [quote.article.source for quote in rest] == ["marin.txt"]


def test_the_others_are_named_in_order_of_publication_undated_last(opened: Open) -> None:
    dates = {"a": "", "b": "date 2024-05 ", "c": "date 2023-01-02 ", "d": "date 2024-05-01 ", "e": ""}
    with opened({f"{name}.txt": date + STORY for name, date in dates.items()}) as archive:
        (hit,) = archive.search("lentille du phare")
        assert sources(hit) == ["c.txt", "d.txt", "b.txt", "a.txt", "e.txt"]
        assert all(Path(article.path).is_file() for article in hit.also)


def test_other_figures_are_another_quote(opened: Open) -> None:
    later = STORY.replace("trois mois", "cinq mois")
    with opened({"a.txt": STORY, "b.txt": later}) as archive:
        assert [sources(hit) for hit in archive.search("lentille du phare")] == [["a.txt"], ["b.txt"]]


def test_a_box_repeated_in_one_article_is_quoted_once_with_nobody_to_name(opened: Open) -> None:
    with opened({"a.txt": f"{STORY}\n\nLe musée est gratuit.\n\n{STORY}"}) as archive:
        (hit,) = (hit for hit in archive.search("lentille du phare") if hit.text == STORY)
        assert hit.also == ()
        assert [(copy.passage.paragraph, copy.article.source) for copy in hit.copies] == [(3, "a.txt")]


def test_copies_that_were_not_among_the_candidates_are_named_too(opened: Open) -> None:
    count = 3 * CANDIDATES
    with opened({f"{n:03}.txt": STORY for n in range(count)}) as archive:
        (hit,) = archive.search("lentille du phare")
        assert sources(hit) == [f"{n:03}.txt" for n in range(count)]


def test_since_and_until_hide_copies_of_another_time(opened: Open) -> None:
    texts = {f"{year}.txt": f"date {year} {STORY}" for year in (2021, 2022, 2023)} | {"undated.txt": STORY}
    with opened(texts) as archive:
        asked = "lentille du phare"
        for since, until, shown in [
            (None, None, ["2021.txt", "2022.txt", "2023.txt", "undated.txt"]),
            ("2022", None, ["2022.txt", "2023.txt"]),
            (None, "2022", ["2021.txt", "2022.txt"]),
            ("2022", "2022", ["2022.txt"]),
        ]:
            (hit,) = archive.search(asked, since=since, until=until)
            (quote,) = archive.ask(asked, since=since, until=until).quotes
            assert sources(hit) == [article.source for article in (quote.article, *quote.also)] == shown


def test_of_copies_the_best_is_shown(opened: Open) -> None:
    titled = f"---\ntitle: La lentille du phare\ndate: 2024-03-09\n---\n{STORY}"
    texts = {"a.txt": f"date 2024-03-05 {STORY}", "b.md": titled, "c.txt": f"date 2024-03-04 {STORY}"}
    with opened(texts) as archive:
        assert [sources(hit) for hit in archive.search("lentille phare")] == [["b.md", "c.txt", "a.txt"]]
        (hit,) = archive.search("affaires maritimes")
        assert sources(hit) == ["c.txt", "a.txt", "b.md"], (
            "with no title a passage is shorter; of those, the first"
        )


def test_a_question_in_time_is_shown_the_copy_of_that_time(opened: Open) -> None:
    dated = {"a.txt": "date 2021-03-05 ", "b.txt": "date 2023-03-05 "}
    with opened({name: date + STORY for name, date in dated.items()}) as archive:
        for question, first in [
            ("lentille du phare en 2021", "a.txt"),
            ("lentille du phare en 2023", "b.txt"),
        ]:
            (hit,) = archive.search(question)
            assert hit.article.source == first
            assert len(hit.also) == 1


def test_a_copy_leaves_an_answer_as_sure_as_it_was(tmp_path: Path) -> None:
    """Confidence is read from the lead on the second passage: a copy there would leave none."""
    gap = tuple(float(name == "gap") for name in ("one", *CONFIDENCE_FEATURES))
    asked = "lentille du phare d’Ouessant"
    sure = {}
    others = {
        "alone": {},
        "copied": {"z.txt": f"{STORY} (AFP)"},
        "rivalled": {"z.txt": STORY.replace("3", "5")},
    }
    for name, other in others.items():
        built = archive_of(ARTICLES | {"a.txt": STORY} | other, tmp_path / name)
        with Archive(built.folder, built.encoder, weights=replace(BY_WORDS, confidence=gap)) as archive:
            sure[name] = archive.ask(asked).confidence
    assert sure["copied"] == pytest.approx(sure["alone"], abs=0.02)
    assert sure["rivalled"] == pytest.approx(0.5)
    assert sure["copied"] > 0.9


COPIES = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.sampled_from([0.0, 0.5, 0.5 + EVEN / 2, 1.0]),
        st.integers(1, 3) | st.just(UNDATED),
    ),
    min_size=1,
    max_size=20,
)


@given(COPIES)
def test_every_group_is_ranked_once_by_the_best_of_it(drawn: list[tuple[int, float, int]]) -> None:
    groups, scores, days = map(np.array, zip(*drawn, strict=True))
    firsts = np.array([np.flatnonzero(groups == group)[0] for group in groups])
    index = SimpleNamespace(originals=firsts, published=np.column_stack([days, days]).astype(np.int32))
    kept = order(scores, np.arange(len(drawn)), index)  # type: ignore[arg-type]
    assert (np.diff(scores[kept]) <= 0).all()
    assert sorted(firsts[kept]) == sorted(set(firsts.tolist())), "none twice, none lost"
    for place in kept:
        copies = np.flatnonzero(groups == groups[place])
        even = copies[scores[copies] >= scores[copies].max() - EVEN]
        assert place == min(even, key=lambda p: (days[p] if days[p] != UNDATED else 9, p))
