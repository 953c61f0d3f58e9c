"""The command line, as a shell or a program uses it: JSON on stdout, the rest on stderr, an exit code."""

from __future__ import annotations

import json
import logging
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from conftest import ROOT, SEEDS
from fakes import HashEncoder, write_articles
from typer.main import get_command

from retrieval import opening
from retrieval.cli import app, main
from retrieval.encoders import SentenceEncoder

Python = Callable[..., subprocess.CompletedProcess[str]]
VERBS = sorted(get_command(app).list_commands(None))  # type: ignore[attr-defined, arg-type]


class Ran(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """``python -m retrieval …`` in this process, from the project's folder."""
    monkeypatch.chdir(ROOT)

    def command(*arguments: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["retrieval", *map(str, arguments)])
        capsys.readouterr()
        try:
            main()
        except SystemExit as ended:
            return Ran(int(ended.code or 0), *capsys.readouterr())
        return Ran(0, *capsys.readouterr())

    return command


@pytest.fixture(autouse=True)
def _warnings_on_stderr() -> Iterator[None]:
    """Warnings go where ``main`` sends them, though pytest has its own handlers."""
    root = logging.getLogger()

    class Stderr(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            sys.stderr.write(f"{record.getMessage()}\n")

    handler = Stderr(logging.WARNING)
    root.addHandler(handler)
    yield
    root.removeHandler(handler)


def assert_quote_is_in_its_file(quote: dict[str, Any]) -> None:
    text = Path(quote["article"]["path"]).read_bytes().decode()
    assert text[quote["start"] : quote["end"]] == quote["text"]
    start, end = quote["highlight"]
    assert 0 <= start < end <= len(quote["text"])


# The contract, with no model.


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
    encoder.passages.clear()
    (hit,) = run("search", "tramway", "-k", 1, "--archive", output, "--json").json
    assert_quote_is_in_its_file(hit)
    assert encoder.passages == []
    assert run("index", folder).code == 0


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


# The caller's mistakes: one sentence on stderr, exit code 2.


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["ask", "Où ?", "--archive", "absent"], "There is no folder absent: give the path of a folder"),
        (["ask", "Où ?", "--archive", "{empty}"], "holds no article: put files ending in"),
        (["index", "{empty}"], "holds no article"),
        (["index", "{bad}"], "a.txt is not UTF-8 (see byte 0): save it as UTF-8."),
        (["ask", "Où ?", "--archive", "{folder}", "--since", "hier"], "is not a date"),
        (["search", "Où ?", "--archive", "{folder}", "--until", "2025-13"], "is not a date"),
        (["dates", "hier", "--published", "demain"], "is not a date"),
        (["dates", "hier", "--published", "2012-X1-0"], "is not a date"),
        (["index", "{folder}", "--output", "{folder}"], "is not empty and not an index"),
        (["ask", "Où ?", "--archive", "{index}", "--model", "autre"], "'hash' and this run uses 'autre'"),
        (["ask", "Où ?", "--archive", "{broken}"], "is incomplete (no readable manifest.json): delete it"),
        (["evaluate", "absent.jsonl", "--archive", "{folder}"], "absent.jsonl"),
    ],
)
def test_a_mistake_is_one_sentence_and_exit_code_2(
    arguments: list[str], complaint: str, run: Run, folder: Path, encoder: HashEncoder
) -> None:
    places = {name: folder.parent / name for name in ("empty", "bad", "index", "broken")}
    places["empty"].mkdir()
    write_articles(places["bad"], {"a.txt": b"\xff"})
    opening.build_index(folder, places["index"]).close()
    opening.build_index(folder, places["broken"]).close()
    (places["broken"] / "manifest.json").write_text("{")
    ran = run(*[argument.format(folder=folder, **places) for argument in arguments])
    assert (ran.code, ran.out) == (2, "")
    assert complaint in ran.err
    assert len(ran.err.splitlines()) == 1
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    "arguments",
    [["ask"], ["demander"], ["search", "x", "-k", "0"], ["search", "x", "-k", "dix"], ["ask", "x", "--jsno"]],
)
def test_a_call_that_cannot_be_understood_is_exit_code_2(arguments: list[str], run: Run) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "Usage:" in ran.err


def test_a_bad_file_is_a_warning_on_stderr_and_json_stays_pure(
    run: Run, folder: Path, encoder: HashEncoder
) -> None:
    write_articles(folder, {"latin.txt": "Élu".encode("latin-1"), "date.txt": "date 2025-99 Le phare ferme."})
    ran = run("search", "phare", "-k", 1, "--archive", folder, "--json")
    assert ran.code == 0
    assert ran.json[0]["article"] == {
        "title": None,
        "published": None,
        "source": "date.txt",
        "path": str(folder / "date.txt"),
    }
    assert sorted(line.split()[0] for line in ran.err.splitlines()) == ["date.txt", "latin.txt"]


# What only a process of its own can show.


def test_every_verb_has_help_with_a_sentence_for_each_option(run: Run) -> None:
    assert {"index", "ask", "search", "dates", "evaluate"} <= set(VERBS)
    overview = run("--help")
    assert overview.code == 0
    for verb in VERBS:
        assert verb in overview.out
        helped = run(verb, "--help")
        assert helped.code == 0
        assert f"{verb} [OPTIONS]" in helped.out


def test_json_is_utf_8_whatever_the_locale(python: Python) -> None:
    text = "Une réunion à Moscou le 3 avril 2025 « 😀 »"
    for variables in ({"PYTHONIOENCODING": "latin-1"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}):
        ran = python("-m", "retrieval", "dates", text, "--json", **variables)
        assert ran.returncode == 0, ran.stderr
        assert json.loads(ran.stdout)[0]["text"].endswith("3 avril 2025")


def test_interrupted_it_says_so_and_keeps_what_was_done(tmp_path: Path) -> None:
    code = (
        "import sys, time, fakes;"
        "from retrieval import opening;"
        "from retrieval.cli import main;"
        "encoder = fakes.HashEncoder();"
        "opening.load_encoder = lambda name=None: encoder;"
        "encoder.encode_passages = lambda texts: (print('encoding', flush=True), time.sleep(60));"
        f"sys.argv = ['retrieval', 'index', {str(write_articles(tmp_path / 'journal'))!r}];"
        "main()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout
    assert process.stdout.readline() == "encoding\n"
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err == "Interrupted; what was done is kept.\n"


# With the real model.


@pytest.fixture
def _real(monkeypatch: pytest.MonkeyPatch, real_encoder: SentenceEncoder) -> None:
    monkeypatch.setattr(opening, "load_encoder", lambda name=None: real_encoder)


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
@pytest.mark.usefixtures("_real")
@pytest.mark.parametrize(
    "question", ["متى أصبح الانسحاب من إيكواس رسميا؟", "Когда был официально оформлен выход из ЭКОВАС?"]
)
def test_what_it_is_not_sure_enough_of_to_answer_it_finds(question: str, run: Run) -> None:
    assert run("search", question, "--json").json[0]["paragraph"] == 4
    assert run("ask", question, "--json", "--precision", "0.8").json["quotes"][0]["paragraph"] == 4


@pytest.mark.model
@pytest.mark.usefixtures("_real")
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
@pytest.mark.usefixtures("_real")
@pytest.mark.parametrize(
    "question",
    [
        "Qui a gagné la Coupe d'Afrique ?",
        "What is the price of cocoa?",
        "Comment cuire un rôti ?",
        "x" * 10_000,
    ],
)
def test_what_the_seed_article_does_not_say_is_not_answered(question: str, run: Run) -> None:
    ran = run("ask", question, "--json")
    assert (ran.code, ran.json["answered"], ran.json["quotes"]) == (1, False, [])


@pytest.mark.model
@pytest.mark.usefixtures("_real")
def test_search_lists_the_seed_article_s_paragraphs(run: Run) -> None:
    hits = run("search", "énergie et mines", "-k", 3, "--json").json
    assert len(hits) == 3
    assert hits[0]["paragraph"] == 5


@pytest.mark.model
@pytest.mark.usefixtures("_real")
@pytest.mark.parametrize("question", ["", "😀", "\udce9lection", "<b>Qui ?</b> & \x00", "نعم", "A" * 10_000])
def test_no_question_breaks_the_model(question: str, run: Run) -> None:
    ran = run("search", question, "--json")
    assert ran.code in (0, 1)
    assert isinstance(ran.json, list)


@pytest.mark.model
@pytest.mark.usefixtures("_real")
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


@pytest.mark.model
@pytest.mark.usefixtures("_real")
def test_evaluate_in_json(run: Run, tmp_path: Path) -> None:
    questions = tmp_path / "mes-questions.jsonl"
    lines = (ROOT / "tests" / "questions.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    questions.write_text("".join(lines[::8]), encoding="utf-8")
    ran = run("evaluate", questions, "--archive", SEEDS, "--run", tmp_path / "run.txt", "--json")
    assert ran.code == 0
    ((_, figures),) = list(ran.json["collections"].items())[:1]
    assert figures["n"] == len(lines[::8])
    assert figures.keys() >= {"n", "hit@1", "hit@3", "mrr@10", "ndcg@10", "success@5", "auroc", "coverage@90"}
    assert figures.keys() >= {"latency_p50_ms", "by_language"}
    for name in ("hit@1", "hit@3", "mrr@10", "ndcg@10", "success@5"):
        figure = figures[name]
        assert 0 <= figure["low"] <= figure["value"] <= figure["high"] <= 1
    assert {"fr", "en"} <= figures["by_language"].keys()
    for line in (tmp_path / "run.txt").read_text(encoding="utf-8").splitlines():
        assert re.fullmatch(r"\S+ Q0 \S+ \d+ -?[\d.e+-]+ \S+", line)


@pytest.mark.model
@pytest.mark.usefixtures("_real")
def test_below_a_bar_evaluate_exits_with_1_and_says_by_how_much(run: Run, tmp_path: Path) -> None:
    questions = tmp_path / "une.jsonl"
    lines = (ROOT / "tests" / "questions.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    questions.write_text(lines[0], encoding="utf-8")
    assert run("evaluate", questions, "--bar", "hit@1=0.5", "--json").code == 0
    missed = run("evaluate", questions, "--bar", "hit@1=1.5", "--json")
    assert missed.code in (1, 2)
    assert "hit@1" in missed.err
