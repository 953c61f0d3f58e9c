"""txtai over the same passages and vectors."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from fakes import ARTICLES, HashEncoder, archive_of

from retrieval.errors import CollectionError
from retrieval.evaluation.baselines import opened
from retrieval.evaluation.collections import Collection, CorpusDocument, Query
from retrieval.evaluation.evaluator import evaluate
from retrieval.index.interface import iterate_stored


def test_it_finds_our_passages_with_our_vectors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hits are passages of the archive; nothing is embedded again but the question."""
    encoder = HashEncoder()
    with archive_of(ARTICLES, tmp_path, encoder) as archive:
        encoder.passages.clear()
        embedded: list[str] = []
        encode = encoder.encode_queries
        monkeypatch.setattr(encoder, "encode_queries", lambda texts: embedded.extend(texts) or encode(texts))
        with opened(["txtai"], archive) as (system,):
            response = system.respond("Qui a été élue présidente de la chambre de commerce ?", 5)
        known = {one.passage.id: one.passage for one in iterate_stored(archive.index)}
    assert system.name == "txtai"
    first = response.hits[0]
    assert first.passage == known[first.id]
    assert "Awa Diallo a été élue" in first.text
    assert first.article.published == "2025-04-03"
    scores = [hit.score for hit in response.hits]
    assert len(scores) == 5
    assert scores == sorted(scores, reverse=True)
    assert response.answer is None
    assert response.seconds is not None
    assert encoder.passages == []
    assert set(embedded) == {"Qui a été élue présidente de la chambre de commerce ?"}


def test_titles_and_elisions_are_read(tmp_path: Path) -> None:
    """“Vendanges” is in the title alone, “hôpital” behind an article that has lost its vowel."""
    with archive_of(ARTICLES, tmp_path) as archive, opened(["txtai"], archive) as (system,):
        found = [system.respond(words, 1).hits[0].article.path for words in ("précoces", "hôpital")]
    assert [Path(path).name for path in found] == ["recolte.md", "hopital.txt"]


def test_a_copy_of_what_it_finds_is_found(tmp_path: Path) -> None:
    """As for the archive: who reads a dispatch in one paper has read it in the other."""
    dispatch = (
        "Le président du conseil régional a inauguré mardi à Mopti le nouveau pont sur le fleuve Niger, "
        "long de quatre cents mètres, dont les travaux ont duré trois ans et coûté douze millions d'euros."
    )
    texts = {"a.txt": f"date 2024-05 {dispatch}\n", "b.txt": f"date 2024-06 {dispatch}\n", "c.txt": "Rien.\n"}
    with archive_of(texts, tmp_path) as archive, opened(["txtai"], archive) as (system,):
        first = system.respond("Qui a inauguré le pont de Mopti ?", 3).hits[0]
    sources = {first.article.source, *(copy.article.source for copy in first.copies)}
    assert sources == {"a.txt", "b.txt"}


def test_it_is_timed_and_has_no_sentence_to_judge(tmp_path: Path) -> None:
    """A figure for what it does not do would be neither its fault nor its merit."""
    with archive_of(ARTICLES, tmp_path) as archive, opened(["default", "txtai"], archive) as systems:
        gold = next(
            one.passage for one in iterate_stored(archive.index) if "sept mille hectares" in one.passage.text
        )
        query = Query("q", "Quel incendie à La Teste ?", "fr", {gold.id: 1}, answers=("sept mille",))
        fires = Collection("fires", (query,), {"other": CorpusDocument("other", "", "Rien.")})
        ours, theirs = (evaluate(fires, system) for system in systems)
    assert theirs.figures["answer_in_passage"].value == 1
    assert "answer_in_sentence" not in theirs.figures
    assert "answer_in_sentence" in ours.figures
    assert "latency_p50_ms" in theirs.figures
    assert "auroc" not in theirs.figures


def test_where_it_is_not_installed_the_remedy_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is asked for by name only: everything else works without it."""
    monkeypatch.setitem(sys.modules, "txtai", None)
    with archive_of(ARTICLES, tmp_path) as archive:
        with opened(["default", "bm25", "dense", "rrf"], archive) as systems:
            assert len(systems) == 4
        with pytest.raises(CollectionError, match=r"not installed: run pip install -e '.\[peers\]'"):
            opened(["txtai"], archive).__enter__()
