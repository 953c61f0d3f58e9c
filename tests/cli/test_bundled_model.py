"""The verbs of an archive with the bundled model and the seed article."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from cli.running import Run, assert_quote_is_in_its_file
from conftest import ROOT
from fakes import write_articles

Python = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.model
def test_from_a_bare_shell_the_seed_article_answers_with_its_date(python: Python) -> None:
    """The example of the README, in a process of its own, with nothing cached."""
    ran = python(
        *("-m", "retrieval", "ask", "Quand le retrait de la Cédéao a-t-il été officialisé ?", "--json")
    )
    assert ran.returncode == 0, ran.stderr
    record = json.loads(ran.stdout)
    best = record["quotes"][0]
    assert record["answered"]
    assert best["paragraph"] == 4
    assert best["text"][slice(*best["highlight"])] == "Une décision officialisée le 29 janvier."
    assert best["article"]["published"] == "2025-04"
    assert best["dates"][0]["value"] == "2025-01-29"
    text = (ROOT / best["article"]["path"]).read_bytes().decode()
    assert text[best["start"] : best["end"]] == best["text"]


@pytest.mark.model
@pytest.mark.usefixtures("bundled")
@pytest.mark.parametrize(
    "question", ["متى أصبح الانسحاب من إيكواس رسميا؟", "Когда был официально оформлен выход из ЭКОВАС?"]
)
def test_what_it_is_not_sure_enough_of_to_answer_it_finds(question: str, run: Run) -> None:
    assert run("search", question, "--json").json[0]["paragraph"] == 4
    assert run("ask", question, "--json").json["nearest"][0]["paragraph"] == 4


@pytest.mark.model
@pytest.mark.usefixtures("bundled")
@pytest.mark.parametrize(
    ("question", "paragraphs"),
    [
        ("Quand le retrait de la Cédéao a-t-il été officialisé ?", {4}),
        ("quand le retrait de la cedeao a t il ete officialise", {4}),
        ("When was the withdrawal from ECOWAS made official?", {4}),
        ("¿Cuándo se hizo oficial la retirada de la Cedeao?", {4}),
        ("Où les ministres sont-ils en visite ?", {1}),
        ("Dans quels secteurs la Russie collabore-t-elle avec l'AES ?", {5}),
    ],
)
def test_the_seed_article_is_quoted_in_any_language(question: str, paragraphs: set[int], run: Run) -> None:
    ran = run("ask", question, "--json")
    assert ran.code == 0
    assert ran.json["quotes"][0]["paragraph"] in paragraphs
    for quote in ran.json["quotes"]:
        assert_quote_is_in_its_file(quote)


@pytest.mark.model
@pytest.mark.usefixtures("bundled")
@pytest.mark.parametrize(
    "question",
    [
        "Qui a gagné la Coupe d'Afrique ?",
        "What is the price of cocoa?",
        "Comment cuire un rôti ?",
        "x" * 10_000,
        "asdfghjkl qwertyuiop",
        "lorem ipsum dolor sit amet " * 30,
    ],
)
def test_what_the_seed_article_does_not_say_is_not_answered(question: str, run: Run) -> None:
    ran = run("ask", question, "--json")
    assert (ran.code, ran.json["answered"], ran.json["quotes"]) == (1, False, [])


@pytest.mark.model
@pytest.mark.usefixtures("bundled")
def test_search_lists_the_seed_article_s_paragraphs(run: Run) -> None:
    hits = run("search", "énergie et mines", "-k", 3, "--json").json
    assert len(hits) == 3
    assert hits[0]["paragraph"] == 5


@pytest.mark.model
@pytest.mark.usefixtures("bundled")
@pytest.mark.parametrize("question", ["", "😀", "<b>Qui ?</b> & \x00", "نعم", "A" * 10_000])
def test_no_question_breaks_the_model(question: str, run: Run) -> None:
    ran = run("search", question, "--json")
    assert ran.code in (0, 1)
    assert isinstance(ran.json, list)


@pytest.mark.model
@pytest.mark.usefixtures("bundled")
def test_a_strange_folder_opens_with_the_real_model(run: Run, tmp_path: Path) -> None:
    write_articles(
        tmp_path / "journal",
        {
            "titre.md": "# Titre seul",
            "mur.txt": "Le phare d’Ouessant ferme et " * 7_000,
            "rtl.txt": "أغلقت المنارة أمس. 😀",
            "nbsp.txt": "«\u00a0A.\u00a0B.\u00a0» a fermé le phare\u202f!",
            "latin.txt": b"\xe9",
        },
    )
    ran = run("search", "phare", "--archive", tmp_path / "journal", "--json")
    assert ran.code == 0
    assert {hit["article"]["source"] for hit in ran.json} == {"mur.txt", "rtl.txt", "nbsp.txt"}
    for hit in ran.json:
        assert_quote_is_in_its_file(hit)
