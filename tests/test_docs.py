"""The documents say what is true: every command they print parses, every session they show runs as shown."""

from __future__ import annotations

import doctest
import inspect
import re
import shlex
import sys
import tomllib
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from conftest import ROOT
from typer.main import get_command

import retrieval
from bot.settings import Settings
from retrieval import cli, errors, opening
from retrieval.encoders import SentenceEncoder

README = ROOT / "README.md"
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
COMMANDS: Any = get_command(cli.app)
VERBS: dict[str, Any] = COMMANDS.commands
LIKE_SHOWN = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
FENCE = re.compile(r"^(?P<fence>```+)(?P<language>\w*)[^\n]*\n(?P<code>.*?)^(?P=fence)[ \t]*$", re.S | re.M)


class AsRead(doctest.OutputChecker):
    """Compares as a reader does, who cannot tell a no-break space from another."""

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        plain = str.maketrans("\u00a0\u202f", "  ")
        return super().check_output(want.translate(plain), got.translate(plain), optionflags)


class Shown(NamedTuple):
    """A command of a document, and what the document says it prints."""

    arguments: list[str]
    output: str


def readme() -> str:
    return README.read_text(encoding="utf-8")


def blocks(text: str) -> Iterator[tuple[str, str]]:
    """The (language, code) of every fenced block."""
    for match in FENCE.finditer(text):
        yield match["language"], match["code"]


def commands(text: str) -> list[Shown]:
    """Every shell command of the fenced blocks; after a ``$`` prompt, what follows it is its output."""
    found: list[Shown] = []
    for language, code in blocks(text):
        if language not in ("", "sh", "bash", "shell", "console"):
            continue
        joined = code.replace("\\\n", " ")
        prompted = re.search(r"^\$ ", joined, re.MULTILINE)
        output: list[str] = []
        for line in joined.splitlines():
            command = line.removeprefix("$ ")
            if line.startswith("$ ") if prompted else line.strip():
                output = []
                for part in re.split(r"\s(?:&&|\|\||;|\|)\s", command):
                    arguments = shlex.split(part, comments=True)
                    if arguments:
                        found.append(Shown(arguments, ""))
            elif found:
                output.append(line)
                found[-1] = Shown(found[-1].arguments, "\n".join(output) + "\n")
    return found


def of_the_project(text: str) -> list[Shown]:
    """The ``python -m retrieval VERB …`` commands, from the verb on."""
    named = []
    for shown in commands(text):
        words = [word for word in shown.arguments if not re.fullmatch(r"[A-Z_]+=.*", word)]
        for start in range(len(words) - 2):
            if words[start + 1 : start + 3] == ["-m", "retrieval"] and "python" in words[start]:
                named.append(Shown(words[start + 3 :], shown.output))
    return named


def test_every_verb_is_shown_in_the_readme() -> None:
    missing = {verb for verb in VERBS if f"python -m retrieval {verb}" not in readme()}
    assert not missing


def test_every_command_of_the_readme_can_be_typed() -> None:
    shown = of_the_project(readme())
    assert shown
    for arguments, _ in shown:
        if arguments and arguments[0] in VERBS and "--help" not in arguments:
            VERBS[arguments[0]].make_context(arguments[0], list(arguments[1:]))
        else:
            assert not arguments or arguments[0] in {*VERBS, "--help"}, arguments


def test_the_readme_starts_the_bot_and_says_where_its_settings_are() -> None:
    text = readme()
    assert "python -m bot" in text
    assert ".env.example" in text
    known = {name.upper() for name in Settings.model_fields} | {"XDG_CACHE_HOME"}
    told = set(re.findall(r"\b(?:TELEGRAM_[A-Z_]+|ARCHIVE|EMBEDDING_MODEL|[A-Z]+_LEVEL|BOT_[A-Z]+)\b", text))
    assert "TELEGRAM_BOT_TOKEN" in told
    assert told <= known


@pytest.mark.parametrize("document", ["README.md", "CHANGELOG.md"])
def test_every_file_a_document_points_to_is_there(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    linked = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text)
    named = re.findall(r"`((?:retrieval|bot|tests|seeds|\.ci)/[\w./-]*)`", text)
    for place in [*linked, *named]:
        assert (ROOT / place).exists(), f"{document} points to {place}"


@pytest.mark.parametrize("document", ["README.md", "CHANGELOG.md", ".env.example", "pyproject.toml"])
def test_no_document_names_a_place_of_one_machine(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    assert not re.search(r"(?<![\w.:/])/(?:work|tmp|root|home|Users)/", text)
    assert not re.search(r"index-url|file://|localhost", text)


def test_the_extras_and_the_python_the_readme_asks_for_are_the_project_s() -> None:
    text = readme()
    extras = set(re.findall(r"\.\[(\w+)\]", text))
    assert extras
    assert extras <= PROJECT["optional-dependencies"].keys()
    oldest = PROJECT["requires-python"].removeprefix(">=")
    assert f"Python {oldest}" in text


def test_the_changelog_tells_of_this_version() -> None:
    assert PROJECT["version"] in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_licence_is_the_one_named() -> None:
    assert PROJECT["license"] == "Apache-2.0"
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")[:200]


def test_the_tree_of_errors_is_drawn_as_it_is() -> None:
    drawn = re.findall(r"^[\s│]*(?:[├└]── )?(\w+Error)\b", inspect.getdoc(errors) or "", re.MULTILINE)
    raised = [name for name, value in vars(errors).items() if inspect.isclass(value)]
    assert sorted(drawn) == sorted(raised)
    for name in raised:
        assert issubclass(getattr(errors, name), errors.VerbatimError)


def test_the_package_offers_what_it_says() -> None:
    assert all(hasattr(retrieval, name) for name in retrieval.__all__)
    assert len(retrieval.__all__) <= 8


def sessions() -> str:
    """The Python sessions of the README, one after the other, as doctest reads them."""
    shown = [code for _, code in blocks(readme()) if re.search(r"^\s*>>> ", code, re.MULTILINE)]
    return "\n".join(shown)


@pytest.fixture
def _real(monkeypatch: pytest.MonkeyPatch, real_encoder: SentenceEncoder) -> None:
    monkeypatch.setattr(opening, "load_encoder", lambda name=None: real_encoder)
    monkeypatch.chdir(ROOT)


@pytest.mark.model
@pytest.mark.usefixtures("_real")
def test_the_sessions_of_the_readme_run_as_shown() -> None:
    """Each block goes on from the one before it."""
    session = doctest.DocTestParser().get_doctest(sessions(), {}, README.name, str(README), 0)
    assert session.examples
    said: list[str] = []
    outcome = doctest.DocTestRunner(AsRead(), optionflags=LIKE_SHOWN).run(session, out=said.append)
    assert outcome.failed == 0, "".join(said)


@pytest.mark.model
@pytest.mark.usefixtures("_real")
def test_the_commands_of_the_readme_print_what_is_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments, output in of_the_project(readme()):
        if arguments[0] not in ("ask", "search", "dates") or not output.strip():
            continue
        monkeypatch.setattr(sys, "argv", ["retrieval", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        assert ended.value.code in (None, 0, 1)
        printed = capsys.readouterr().out
        assert AsRead().check_output(output, printed, LIKE_SHOWN), printed
