"""Questions as samples: in the whole corpus, in a corner around the answer, and in one far from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from fakes import archive_of

from retrieval.archive import Archive
from retrieval.evaluation.collections import Collection, CorpusDocument, Query
from retrieval.index.interface import Index, iterate_stored
from retrieval.question.understanding import understand
from retrieval.ranking.features import PASSAGE_FEATURES
from retrieval.training.corners import corner_of, neighbours
from retrieval.training.samples import CORNER, LabelledQuestion, Sample, samples
from retrieval.training.training_set import collection_samples
from retrieval.types import Question

TEXTS = {f"{n}.txt": f"Le phare numéro {n} éclaire la baie {n}." for n in range(60)}
ASKED = "Quel phare éclaire la baie 7 ?"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Sixty lighthouses, an article each."""
    with archive_of(TEXTS, tmp_path_factory.mktemp("lighthouses")) as opened:
        yield opened


def id_of(index: Index, ending: str) -> int:
    return next(one.id for one in iterate_stored(index) if one.passage.text.endswith(ending))


def understood(archive: Archive, text: str = ASKED) -> Question:
    return understand(text, archive.encoder, archive.index.statistics(), None)


def made(archive: Archive, gold: tuple[int, ...], answers: tuple[str, ...] = ()) -> list[Sample]:
    labelled = [LabelledQuestion(understood(archive), gold, answers)]
    return list(samples(labelled, archive.index, archive.index.ids().tolist(), archive.encoder.scale))


def feature(one: Sample, name: str) -> np.ndarray:
    return one.features.passages[:, list(PASSAGE_FEATURES).index(name)]


def test_a_question_is_seen_in_its_corpus_near_its_answer_and_far_from_it(archive: Archive) -> None:
    whole, near, far = made(archive, (id_of(archive.index, "baie 7."),), ("baie 7",))
    assert whole.size == 60
    assert CORNER[0] <= near.size <= CORNER[1]
    assert (whole.right.sum(), near.right.sum(), far.right.sum()) == (1, 1, 0)
    assert near.right_sentences.sum() == 1
    assert far.size <= CORNER[1]


def test_a_question_without_an_answer_is_seen_in_its_corpus_alone(archive: Archive) -> None:
    [whole] = made(archive, ())
    assert not whole.right.any()


def test_samples_are_the_same_each_time(archive: Archive) -> None:
    gold = (id_of(archive.index, "baie 7."),)
    first, again = made(archive, gold), made(archive, gold)
    assert [one.size for one in first] == [one.size for one in again]
    assert all((a.features.passages == b.features.passages).all() for a, b in zip(first, again, strict=True))


def test_features_of_the_whole_corpus_are_those_of_the_ranker(archive: Archive) -> None:
    """The passage that ranks first when the question is asked has the highest BM25 of the sample."""
    whole = made(archive, (id_of(archive.index, "baie 7."),))[0]
    score = archive.ranked_by(archive.ranker).search(ASKED, 1)[0].score
    assert feature(whole, "bm25").max() == pytest.approx(score, abs=1e-5)


def test_a_corner_is_ranked_as_an_archive_of_one_article(archive: Archive, tmp_path: Path) -> None:
    """Its features are those of an archive in which one article has just these paragraphs."""
    question = understood(archive)
    ids = neighbours(id_of(archive.index, "baie 7."), frozenset(), 8, archive.index)
    corner = corner_of(question, ids, archive.index)
    paragraphs = [one.passage.text for one in archive.index.stored(ids.tolist())]
    with archive_of({"one.txt": "\n\n".join(paragraphs)}, tmp_path) as small:
        statistics = small.index.statistics()
        assert (corner.statistics.passages, corner.statistics.articles) == (8, 1)
        assert corner.statistics.mean_length == statistics.mean_length
        for term in question.terms:
            assert corner.statistics.frequency(term.token) == statistics.frequency(term.token)
        expected = small.index.candidates(understood(small), small.index.ids())
    assert len(set(corner.candidates.articles.tolist())) == 1
    assert corner.candidates.article_terms.tolist() == expected.article_terms.tolist()
    assert corner.candidates.article_cosines == pytest.approx(expected.article_cosines, abs=1e-3)


def test_neighbours_leave_out_what_is_excluded(archive: Archive) -> None:
    around, excluded = id_of(archive.index, "baie 7."), id_of(archive.index, "baie 8.")
    found = neighbours(around, frozenset({excluded}), 60, archive.index)
    assert found.tolist() == sorted(set(archive.index.ids().tolist()) - {excluded})
    assert around in neighbours(around, frozenset({around, excluded}), 3, archive.index)


def test_copies_of_what_answers_answer_too(tmp_path: Path) -> None:
    """Of copies, one is a candidate; it is right whichever of them the judgements name."""
    story = (
        "Le président du conseil régional a inauguré mardi à Mopti le nouveau pont sur le fleuve Niger, "
        "long de quatre cents mètres, dont les travaux ont duré trois ans et coûté douze millions d'euros."
    )
    texts = {f"{n}.txt": f"Le phare {n} de la baie {n}." for n in range(20)}
    texts |= {"a.txt": f"date 2024-05 {story}", "b.txt": f"date 2024-06 {story}"}
    with archive_of(texts, tmp_path) as archive:
        twins = [one.id for one in iterate_stored(archive.index) if one.passage.text.endswith("euros.")]
        for gold in twins:
            question = understood(archive, "Qui a inauguré le pont de Mopti ?")
            labelled = [LabelledQuestion(question, (gold,))]
            ids = archive.index.ids().tolist()
            whole, near, _ = samples(labelled, archive.index, ids, archive.encoder.scale)
            assert (whole.right.sum(), near.right.sum()) == (1, 1)
    assert len(twins) == 2


def test_the_samples_of_a_collection_follow_its_documents(tmp_path: Path, archive: Archive) -> None:
    """A document that answers is found by its id, though the index has ids of its own."""
    documents = {f"{n}.txt": CorpusDocument(f"{n}.txt", "", text) for n, text in enumerate(TEXTS.values())}
    found = {one.article.id: one.article.path for one in iterate_stored(archive.index)}
    by_article = {
        article: CorpusDocument(article, "", documents[path].text) for article, path in found.items()
    }
    gold = next(name for name, document in by_article.items() if document.text.endswith("baie 7."))
    query = Query("q", ASKED, "fr", {gold: 1}, answers=("baie 7",))
    silent = Query("u", "Quel phare éclaire la baie 99 ?", "fr")
    whole, near, far, without = collection_samples(
        Collection("lighthouses", (query, silent), by_article), archive
    )
    assert [one.right.sum() for one in (whole, near, far, without)] == [1, 1, 0, 0]
