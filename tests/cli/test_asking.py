"""The verbs of an archive, as a shell or a program uses them: JSON on stdout, the rest on stderr."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from cli.running import Run, assert_quote_is_in_its_file
from fakes import HashEncoder


def test_ask_in_json(run: Run, folder: Path, encoder: HashEncoder) -> None:
    ran = run("ask", "Quand les travaux du tramway ont-ils commencé ?", "--archive", folder, "--json")
    assert (ran.code, ran.err) == (0, "")
    assert ran.json.keys() >= {"answered", "confidence", "quotes"}
    assert ran.json["answered"] is True
    assert 0 <= ran.json["confidence"] <= 1
    for quote in ran.json["quotes"]:
        assert quote.keys() >= {"text", "highlight", "paragraph", "article", "start", "end", "dates"}
        assert quote["article"].keys() >= {"title", "published", "source", "path"}
        assert_quote_is_in_its_file(quote)
    best = ran.json["quotes"][0]
    assert (best["paragraph"], best["article"]["published"]) == (2, "2023-11")
    (date,) = best["dates"]
    assert {name: date[name] for name in ("text", "value", "low", "high")} == {
        "text": "le 6 novembre",
        "value": "2023-11-06",
        "low": "2023-11-06",
        "high": "2023-11-06",
    }


def test_ask_for_people(run: Run, folder: Path, encoder: HashEncoder) -> None:
    ran = run("ask", "Qui dirigeait l'institution ?", "-a", folder)
    assert ran.code == 0
    assert "«\u00a0Elle succède à Moussa Sarr, qui dirigeait l’institution depuis 2015.\u00a0»" in ran.out
    assert "article du 3 avril 2025" in ran.out


@pytest.mark.parametrize("question", ["", "😀", "?", " "])
def test_nothing_found_is_exit_code_1_and_still_json(
    question: str, run: Run, folder: Path, encoder: HashEncoder
) -> None:
    asked = run("ask", question, "--archive", folder, "--json")
    assert (asked.code, asked.err) == (1, "")
    assert (asked.json["answered"], asked.json["quotes"]) == (False, [])
    searched = run("search", question, "--archive", folder, "--json")
    assert (searched.code, searched.json) == (1, [])


def test_silence_for_people_is_a_sentence_and_exit_code_1(
    run: Run, folder: Path, encoder: HashEncoder
) -> None:
    ran = run("ask", "😀", "--archive", folder)
    assert (ran.code, ran.out) == (1, "Rien dans les archives ne répond à cette question.\n")


def test_search_in_json(run: Run, folder: Path, encoder: HashEncoder) -> None:
    ran = run("search", "train Berlin billet", "-k", 3, "--archive", folder, "--json")
    assert (ran.code, ran.err) == (0, "")
    assert len(ran.json) == 3
    assert all(hit.keys() >= {"id", "score", "text"} for hit in ran.json)
    assert [hit["score"] for hit in ran.json] == sorted((hit["score"] for hit in ran.json), reverse=True)
    for hit in ran.json:
        assert_quote_is_in_its_file(hit)


def test_search_for_people(run: Run, folder: Path, encoder: HashEncoder) -> None:
    ran = run("search", "tramway", "-k", 2, "--archive", folder)
    place, sentence, blank, *_ = ran.out.splitlines()
    assert place.startswith("2023/tramway.txt §\u00a01 (")
    assert (sentence, blank) == ("Le tramway de Tours gagne une seconde ligne de douze kilomètres.", "")


def test_since_and_until(run: Run, folder: Path, encoder: HashEncoder) -> None:
    hits = run(
        "search", "le la", "-k", 50, "-a", folder, "--since", "2024", "--until", "2024-09", "--json"
    ).json
    assert {hit["article"]["source"] for hit in hits} == {"2024/barrage.txt", "ecole.txt"}


def test_dates_in_json(run: Run) -> None:
    ran = run("dates", "Le retrait, officialisé le 29 janvier.", "--published", "2025-04", "--json")
    assert (ran.code, ran.err) == (0, "")
    (mention,) = ran.json
    assert mention["value"] == "2025-01-29"
    assert "Le retrait, officialisé le 29 janvier."[mention["start"] : mention["end"]] == mention["text"]


def test_dates_for_people(run: Run) -> None:
    ran = run("dates", "Le 3 mai 2024 puis en 1998.")
    values = [line.split("\t")[1] for line in ran.out.splitlines()]
    assert (ran.code, values) == (0, ["2024-05-03", "1998"])


def test_no_dates_is_exit_code_1(run: Run) -> None:
    ran = run("dates", "Rien de daté.", "--json")
    assert (ran.code, ran.json) == (1, [])


def test_index_says_what_it_holds_on_stderr_and_is_then_asked(
    run: Run, folder: Path, encoder: HashEncoder
) -> None:
    output = folder.parent / "index"
    built = run("index", folder, "--output", output)
    assert (built.code, built.out) == (0, "")
    assert f"12 articles, 24 passages in {output}" in built.err
    shares = dict(re.findall(r"(\w+) (\d+) %", built.err))
    assert shares.keys() == {"reading", "analysis", "embedding", "storing"}
    assert sum(map(int, shares.values())) == pytest.approx(100, abs=2)
    encoder.passages.clear()
    (hit,) = run("search", "tramway", "-k", 1, "--archive", output, "--json").json
    assert_quote_is_in_its_file(hit)
    assert encoder.passages == []
    assert run("index", folder).code == 0
    assert run("index", folder, "--output", output).err == f"12 articles, 24 passages in {output}\n"


def test_what_the_environment_sets_is_used(
    run: Run, folder: Path, encoder: HashEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARCHIVE", str(folder))
    assert run("search", "tramway", "-k", 1, "--json").json[0]["article"]["source"] == "2023/tramway.txt"
    monkeypatch.setenv("EMBEDDING_MODEL", "autre")
    assert run("index", folder).code == 0
    caches = list((Path(os.environ["XDG_CACHE_HOME"]) / "verbatim").iterdir())
    encoders = {json.loads((cache / "manifest.json").read_text())["encoder"] for cache in caches}
    assert encoders == {"hash", "autre"}


def test_without_an_archive_the_seeds_are_asked(run: Run, encoder: HashEncoder) -> None:
    (hit,) = run("search", "décision officialisée", "-k", 1, "--json").json
    assert (hit["paragraph"], hit["article"]["published"]) == (4, "2025-04")
    assert_quote_is_in_its_file(hit)
