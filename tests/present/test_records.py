"""What programs read: the JSON of the command line."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

from bot_api.archive import PARAGRAPH, SENTENCE, first_quote, other_quote, quote

from retrieval.present.records import answer_record, hit_record, mention_record, timeline_record
from retrieval.types import Answer, Correction, DateMention, Hit, Timeline, TimelineEntry, Window

QUOTE = first_quote()
ANSWER = Answer("Quelle décision a été prise ?", True, 0.9123456, (QUOTE,), "fr")
HIT = Hit(QUOTE.passage, QUOTE.article, QUOTE.highlight, QUOTE.dates, score=1.5)


def read_back(record: object) -> dict[str, Any]:
    return dict(json.loads(json.dumps(record)))


def test_an_answer_as_json() -> None:
    start = PARAGRAPH.index("le 29 janvier")
    assert read_back(answer_record(ANSWER)) == {
        "answered": True,
        "confidence": 0.9123,
        "quotes": [
            {
                "text": PARAGRAPH,
                "highlight": [PARAGRAPH.index(SENTENCE), PARAGRAPH.index(SENTENCE) + len(SENTENCE)],
                "answer": None,
                "paragraph": 4,
                "article": {
                    "title": None,
                    "published": "2025-04",
                    "source": "retrait.txt",
                    "path": "retrait.txt",
                },
                "start": 0,
                "end": len(PARAGRAPH),
                "dates": [
                    {
                        "text": "le 29 janvier",
                        "value": "2025-01-29",
                        "low": "2025-01-29",
                        "high": "2025-01-29",
                        "start": start,
                        "end": start + len("le 29 janvier"),
                        "confidence": 1.0,
                    }
                ],
                "also": [],
            }
        ],
        "nearest": [],
        "window": None,
        "corrections": [],
    }


def test_how_a_question_was_understood_as_json() -> None:
    window = Window(dt.date(2024, 3, 1), None, "since", 0, 0, "depuis mars 2024")
    slips = (Correction(0, 6, "Cedeoa", "Cédéao"),)
    record = read_back(answer_record(replace(ANSWER, window=window, corrections=slips)))
    assert record["corrections"] == [{"typed": "Cedeoa", "understood": "Cédéao"}]
    assert record["window"] == {
        "low": "2024-03-01",
        "high": None,
        "operator": "since",
        "text": "depuis mars 2024",
    }


def test_silence_as_json() -> None:
    record = answer_record(Answer("?", False, 0.02))
    assert (record["answered"], record["confidence"], record["quotes"]) == (False, 0.02, [])
    assert record["nearest"] == []


def test_the_nearest_passages_stand_beside_the_quotes() -> None:
    record = read_back(answer_record(Answer("?", False, 0.6, nearest=(QUOTE, other_quote()))))
    assert (record["answered"], record["quotes"]) == (False, [])
    assert record["nearest"] == [
        read_back(answer_record(replace(ANSWER, quotes=(one,))))["quotes"][0]
        for one in (QUOTE, other_quote())
    ]


def test_the_words_that_answer_are_offsets_in_the_text() -> None:
    [quoted] = read_back(answer_record(replace(ANSWER, quotes=(first_quote("le 29 janvier"),))))["quotes"]
    start, end = quoted["answer"]
    assert quoted["text"][start:end] == "le 29 janvier"
    assert read_back(hit_record(replace(HIT, answer=(start, end))))["answer"] == [start, end]
    assert read_back(hit_record(HIT))["answer"] is None


def test_a_hit_as_json_is_a_quote_with_its_identifier_and_score() -> None:
    [quoted] = answer_record(ANSWER)["quotes"]
    assert read_back(hit_record(HIT)) == {"id": "a#4", "score": 1.5, **read_back(quoted)}


def test_the_articles_that_carry_it_too_are_in_the_json() -> None:
    quoted = quote(PARAGRAPH, also=["https://journal.example/b", "c.txt"])
    [record] = answer_record(replace(ANSWER, quotes=(quoted,)))["quotes"]
    expected = [
        {"title": None, "published": None, "source": "https://journal.example/b", "path": "b.txt"},
        {"title": None, "published": None, "source": "c.txt", "path": "b.txt"},
    ]
    assert record["also"] == hit_record(replace(HIT, copies=quoted.copies))["also"] == expected


def test_a_timeline_as_json_dates_each_quote() -> None:
    entries = tuple(TimelineEntry(one.dates[0], one) for one in (QUOTE, other_quote()))
    record = read_back(timeline_record(Timeline("la décision", entries)))
    assert record["subject"] == "la décision"
    assert [entry["date"]["value"] for entry in record["entries"]] == ["2025-01-29", "2025-05"]
    [quoted] = answer_record(ANSWER)["quotes"]
    assert record["entries"][0] == {"date": quoted["dates"][0], **quoted}


def test_a_date_without_bounds_as_json() -> None:
    record = mention_record(DateMention(0, 6, "dix ans", "P10Y", None, None))
    assert (record["low"], record["high"]) == (None, None)
    bounded = mention_record(DateMention(0, 1, "x", "../2020", None, dt.date(2020, 12, 31)))
    assert (bounded["low"], bounded["high"]) == (None, "2020-12-31")
