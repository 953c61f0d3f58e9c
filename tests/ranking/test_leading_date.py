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
