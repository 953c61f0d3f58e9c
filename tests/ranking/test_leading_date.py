"""The date that leads the answer to a question that asks when."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import HashEncoder, article
from question.archive_statistics import ArchiveStatistics

from retrieval.dates import find
from retrieval.question.understanding import understand
from retrieval.ranking.leading_date import leading_date
from retrieval.types import Passage, Question, Quote

TREATY = "Signé le 3 mars 2020 à Niamey, le traité est entré en vigueur le 1er mai 2021. Il dure dix ans."


def quote(text: str) -> Quote:
    source = article(text, published="2022")
    passage = Passage(f"{source.id}#1", source.id, 1, 0, len(text), text)
    return Quote(passage, source, (0, len(text)), tuple(find(text, "2022")))


def asked(text: str) -> Question:
    return understand(text, HashEncoder(), ArchiveStatistics((TREATY,)), None)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Quand le traité a-t-il été signé à Niamey ?", "2020-03-03"),
        ("Quand le traité est-il entré en vigueur ?", "2021-05-01"),
        ("When did the treaty enter en vigueur?", "2021-05-01"),
    ],
)
def test_a_question_that_asks_when_is_led_by_the_date_it_is_about(question: str, value: str) -> None:
    date = leading_date(asked(question), quote(TREATY))
    assert date is not None
    assert date.value == value


def test_nothing_leads_other_questions_nor_sentences_without_a_date() -> None:
    signed = asked("Quand le traité a-t-il été signé ?")
    assert leading_date(asked("Qui a signé le traité ?"), quote(TREATY)) is None
    assert leading_date(signed, quote("Le traité dure dix ans.")) is None
    lasting = TREATY.index("Il dure")
    outside = replace(quote(TREATY), highlight=(lasting, len(TREATY)))
    assert leading_date(signed, outside) is None


@pytest.mark.parametrize(
    "text",
    [
        "Le traité, signé en vue des élections du 3 mars, est en vigueur depuis le 1er mai 2021.",
        "Signature du traité le 3 octobre, en vigueur le 1er mai 2021.",
    ],
)
def test_a_date_that_may_be_read_wrong_does_not_lead_nor_does_another_in_its_place(text: str) -> None:
    source = replace(quote(text), dates=tuple(find(text, "2023-04-10")))
    assert len(source.sentence_dates) == 2
    assert leading_date(asked("Quand le traité a-t-il été signé ?"), source) is None
