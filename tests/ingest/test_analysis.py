"""What is computed of a passage, once."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import HashEncoder, archive_of, article, document, write_articles

from retrieval.ingest.analysis import analyse, publication_days
from retrieval.language.identification import LANGUAGES
from retrieval.store.passages import HAS_DATE, HAS_NAME, HAS_NUMBER, UNDATED, AnalysedPassage

FRENCH = "Le gardien du phare ferme la porte et rentre chez lui pour la nuit."


def analysed(text: str, **fields: object) -> AnalysedPassage:
    (one,) = analyse([document(text, **fields)], HashEncoder().encode_passages)
    (passage,) = one.passages
    return passage


@pytest.mark.parametrize(("given", "expected"), [(None, "fr"), ("en", "en"), ("xx", "fr"), ("fr", "fr")])
def test_the_language_of_the_article_decides_over_what_its_words_look_like(
    given: str | None, expected: str
) -> None:
    assert analysed(FRENCH, language=given).language == expected


def test_lang_of_front_matter_decides_the_language_of_its_passages(tmp_path: Path) -> None:
    texts = {
        "sans.md": f"---\ntitle: a\n---\n{FRENCH}",
        "avec.md": f"---\ntitle: b\nlang: English\n---\n{FRENCH} Demain.",
    }
    with archive_of(texts, tmp_path) as archive:
        ids = archive.index.ids()
        candidates = archive.index.candidates(archive.understand("phare"), ids)
        stored = archive.index.stored(ids.tolist())
        languages = {
            one.article.path: LANGUAGES[place]
            for one, place in zip(stored, candidates.languages.tolist(), strict=True)
        }
        assert languages == {"sans.md": "fr", "avec.md": "en"}
        write_articles(tmp_path / "articles", {"avec.md": texts["avec.md"].replace("lang: English\n", "")})
    with archive_of({}, tmp_path) as archive:
        candidates = archive.index.candidates(archive.understand("phare"), archive.index.ids())
        assert {LANGUAGES[place] for place in candidates.languages.tolist()} == {"fr"}


def test_a_sentence_is_known_to_hold_a_date_a_number_or_a_name() -> None:
    passage = analysed("Le vent souffle. Il ferme le 3 mai 2024. Elle compte douze bras. Voici Anne Le Goff.")
    assert [unit.flags for unit in passage.units] == [
        0,  # the title
        0,
        HAS_DATE | HAS_NUMBER,
        HAS_NUMBER,
        HAS_NAME,
    ]


def test_dates_are_resolved_against_the_publication_date_and_kept_in_order() -> None:
    passage = analysed("Officialisée le 29 janvier, puis en mai 2025.", published="2025-04")
    assert [(date.text, date.value) for date in passage.dates] == [
        ("le 29 janvier", "2025-01-29"),
        ("mai 2025", "2025-05"),
    ]


def test_days_of_publication_are_those_of_the_date_s_own_precision() -> None:
    low, high = publication_days(article("a", published="2025-04"))
    assert high - low == 29
    assert publication_days(article("a")) == (UNDATED, UNDATED)


def test_passages_and_sentences_are_embedded_in_one_call() -> None:
    encoder = HashEncoder()
    calls: list[list[str]] = []

    def encode(texts: list[str]) -> object:
        calls.append(texts)
        return encoder.encode_passages(texts)

    documents = [document("Un. Deux.\n\nTrois.", "a.txt"), document("Quatre.", "b.txt")]
    first, second = analyse(documents, encode)  # type: ignore[arg-type]
    assert len(calls) == 1
    for one in (*first.passages, *second.passages):
        text = one.passage.text
        spans = [text[start:end] for start, end in one.sentences]
        assert one.vector == pytest.approx(encoder.encode_passages([text])[0])
        assert one.sentence_vectors == pytest.approx(encoder.encode_passages(spans))
