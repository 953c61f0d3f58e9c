"""A passage that several articles carry is quoted once, and the others are named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import ARTICLES, BY_WORDS, archive_of, carriers, sources

from retrieval.archive import Archive
from retrieval.articles import article_id
from retrieval.ranking.confidence import CONFIDENCE_FEATURES
from retrieval.ranking.ranker import CANDIDATES
from retrieval.ranking.weights import INTERCEPT

STORY = (
    "Le phare d’Ouessant ferme ses portes pour trois mois, le temps de remplacer la lentille taillée en 1863,"
    " a annoncé la direction des affaires maritimes. Les visiteurs seront reçus au musée des phares voisin."
)
Build = Callable[[dict[str, str]], Archive]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    return lambda texts: archive_of(texts, tmp_path)


def test_a_dispatch_is_quoted_once_and_its_other_papers_are_named(build: Build) -> None:
    papers = {
        "telegramme.txt": f"date 2024-03-05 BREST (AFP) - {STORY}",
        "figaro.txt": f"date 2024-03-06 {STORY} (avec Reuters)",
        "blog.txt": STORY,
        "marin.txt": "date 2024-03-05 Le phare d’Ouessant a été allumé en 1863.",
    }
    with build(papers) as archive:
        hits = archive.search("la lentille du phare d’Ouessant")
        printed, other = sorted(map(carriers, hits), key=len, reverse=True)
        assert sorted(printed) == ["blog.txt", "figaro.txt", "telegramme.txt"]
        assert other == ["marin.txt"]
        (answer, *rest) = archive.ask("la lentille du phare d’Ouessant").quotes
        assert carriers(answer) == printed
        assert sources(rest) == ["marin.txt"]


def test_the_others_are_named_in_order_of_publication_undated_last(build: Build) -> None:
    dates = {"a": "", "b": "date 2024-05 ", "c": "date 2023-01-02 ", "d": "date 2024-05-01 ", "e": ""}
    with build({f"{name}.txt": date + STORY for name, date in dates.items()}) as archive:
        (hit,) = archive.search("lentille du phare")
        assert carriers(hit)[:3] == ["c.txt", "d.txt", "b.txt"]
        assert sorted(carriers(hit)[3:]) == ["a.txt", "e.txt"]
        assert all(Path(article.path).is_file() for article in hit.also)


def test_other_figures_are_another_quote(build: Build) -> None:
    later = STORY.replace("trois mois", "cinq mois")
    with build({"a.txt": STORY, "b.txt": later}) as archive:
        assert sorted(map(carriers, archive.search("lentille du phare"))) == [["a.txt"], ["b.txt"]]


def test_a_box_repeated_in_one_article_is_quoted_once_with_nobody_to_name(build: Build) -> None:
    with build({"a.txt": f"{STORY}\n\nLe musée est gratuit.\n\n{STORY}"}) as archive:
        (hit,) = (hit for hit in archive.search("lentille du phare") if hit.text == STORY)
        assert hit.also == ()
        assert [(copy.passage.paragraph, copy.article.source) for copy in hit.copies] == [(3, "a.txt")]


def test_copies_that_were_not_among_the_candidates_are_named_too(build: Build) -> None:
    count = 3 * CANDIDATES
    with build({f"{n:03}.txt": STORY for n in range(count)}) as archive:
        (hit,) = archive.search("lentille du phare")
        assert sorted(carriers(hit)) == [f"{n:03}.txt" for n in range(count)]


def test_when_the_original_is_removed_the_others_stay_together(build: Build) -> None:
    dates = {"a.txt": "date 2024-03-05 ", "b.txt": "date 2024-03-06 ", "c.txt": "date 2024-03-07 "}
    with build({name: date + STORY for name, date in dates.items()} | ARTICLES) as archive:
        archive.remove([article_id("a.txt")])
        assert [carriers(hit) for hit in archive.search("lentille du phare", k=1)] == [["b.txt", "c.txt"]]


def test_since_and_until_hide_copies_of_another_time(build: Build) -> None:
    texts = {f"{year}.txt": f"date {year} {STORY}" for year in (2021, 2022, 2023)} | {"undated.txt": STORY}
    with build(texts) as archive:
        asked = "lentille du phare"
        for since, until, shown in [
            (None, None, ["2021.txt", "2022.txt", "2023.txt", "undated.txt"]),
            ("2022", None, ["2022.txt", "2023.txt"]),
            (None, "2022", ["2021.txt", "2022.txt"]),
            ("2022", "2022", ["2022.txt"]),
        ]:
            (hit,) = archive.search(asked, since=since, until=until)
            (quote,) = archive.ask(asked, since=since, until=until).quotes
            assert carriers(hit) == carriers(quote) == shown


def test_of_copies_the_best_is_shown(build: Build) -> None:
    titled = f"---\ntitle: La lentille du phare\ndate: 2024-03-09\n---\n{STORY}"
    texts = {"a.txt": f"date 2024-03-05 {STORY}", "b.md": titled, "c.txt": f"date 2024-03-04 {STORY}"}
    with build(texts) as archive:
        assert [carriers(hit) for hit in archive.search("lentille phare")] == [["b.md", "c.txt", "a.txt"]]
        (hit,) = archive.search("affaires maritimes")
        shown = carriers(hit)
        assert shown == ["c.txt", "a.txt", "b.md"], (
            "without a title a passage is shorter; of those, the first"
        )


def test_a_question_in_time_is_shown_the_copy_of_that_time(build: Build) -> None:
    dated = {"a.txt": "date 2021-03-05 ", "b.txt": "date 2023-03-05 "}
    with build({name: date + STORY for name, date in dated.items()}) as archive:
        for question, first in [
            ("lentille du phare en 2021", "a.txt"),
            ("lentille du phare en 2023", "b.txt"),
        ]:
            (hit,) = archive.search(question)
            assert hit.article.source == first
            assert len(hit.also) == 1


def test_a_copy_leaves_an_answer_as_sure_as_it_was(tmp_path: Path) -> None:
    """Confidence is read from the lead on the second passage: a copy there would leave none."""
    gap = dict.fromkeys((INTERCEPT, *CONFIDENCE_FEATURES), 0.0) | {"gap": 1.0}
    weights = replace(BY_WORDS, confidence=gap)
    sure = {}
    for name, other in {
        "alone": {},
        "copied": {"z.txt": f"{STORY} (AFP)"},
        "rivalled": {"z.txt": STORY.replace("3", "5")},
    }.items():
        with archive_of(ARTICLES | {"a.txt": STORY} | other, tmp_path / name, None, weights) as archive:
            sure[name] = archive.ask("lentille du phare d’Ouessant").confidence
    assert sure["copied"] == pytest.approx(sure["alone"], abs=0.02)
    assert sure["rivalled"] == pytest.approx(0.5)
    assert sure["copied"] > 0.9
