"""What the documents refer to is there: files, headings, settings, extras, versions."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from docs.documents import DOCUMENTS, READMES, name_of, read

from bot.settings import Settings

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
README = ROOT / "README.md"
MOST_LINES = 120
SETTINGS = {name.upper() for name in Settings.model_fields}


def test_a_newcomer_reads_the_readme_in_three_minutes() -> None:
    assert len(read(README).splitlines()) <= MOST_LINES


def test_the_readme_leads_to_every_other() -> None:
    linked = {(README.parent / link).resolve() for link, _ in links(read(README))}
    assert {readme.resolve() for readme in READMES if readme != README} <= linked


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_file_and_heading_that_is_linked_is_there(document: Path) -> None:
    for link, anchor in links(read(document)):
        target = document.parent / link if link else document
        assert target.exists(), link
        assert not anchor or anchor in headings(read(target)), anchor


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_file_that_is_named_is_there(document: Path) -> None:
    for place in re.findall(r"`((?:retrieval|bot|tests|seeds|\.ci)/[\w./-]*)`", read(document)):
        assert (ROOT / place).exists(), place


@pytest.mark.parametrize(
    "document", [*DOCUMENTS, ROOT / ".env.example", ROOT / "pyproject.toml"], ids=name_of
)
def test_no_document_names_a_place_of_one_machine(document: Path) -> None:
    text = read(document)
    assert not re.search(r"(?<![\w.:/])/(?:work|tmp|root|home|Users)/", text)
    assert not re.search(r"index-url|file://|localhost", text)


def test_the_table_of_settings_has_every_setting_with_its_default() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \| .* \| (.*?) ?\|$", read(ROOT / "bot" / "README.md"), re.MULTILINE)
    assert {name for name, _ in rows} == SETTINGS
    for name, default in rows:
        if shown := re.fullmatch(r"`(.*)`", default):
            value = Settings.model_fields[name.lower()].default
            assert type(value)(shown[1]) == value, name


@pytest.mark.parametrize("readme", READMES, ids=name_of)
def test_every_setting_that_is_named_is_one(readme: Path) -> None:
    assigned = re.findall(r"(?m)(?:^(?:\$ )?|`|&& )([A-Z][A-Z_]+)=", read(readme))
    named = re.findall(
        r"\b(?:TELEGRAM_[A-Z_]+|EMBEDDING_MODEL|READER(?:_MODEL)?|ANSWER_[A-Z]+|BOT_[A-Z]+)\b", read(readme)
    )
    assert {*assigned, *named} <= SETTINGS | {"XDG_CACHE_HOME"}


def test_the_readme_says_where_every_setting_is() -> None:
    assert ".env.example" in read(README)
    assert "TELEGRAM_BOT_TOKEN" in read(README)


@pytest.mark.parametrize("readme", READMES, ids=name_of)
def test_the_extras_that_are_installed_are_the_project_s(readme: Path) -> None:
    assert set(re.findall(r"\.\[(\w+)\]", read(readme))) <= PROJECT["optional-dependencies"].keys()


def test_the_python_that_the_readme_asks_for_is_the_project_s() -> None:
    oldest = PROJECT["requires-python"].removeprefix(">=")
    assert f"Python {oldest}" in read(README)


def test_the_pinned_torch_of_the_readme_is_the_project_s() -> None:
    (pinned,) = (name for name in PROJECT["dependencies"] if name.startswith("torch=="))
    assert f"torch {pinned.removeprefix('torch==')}" in read(README)


def test_the_changelog_tells_of_this_version() -> None:
    assert PROJECT["version"] in read(ROOT / "CHANGELOG.md")


def test_the_licence_is_the_one_named() -> None:
    assert PROJECT["license"] == "Apache-2.0"
    assert "Apache License" in read(ROOT / "LICENSE")[:200]


def links(text: str) -> list[tuple[str, str]]:
    """Return the (path, heading) of every link that leads into the project; either may be empty."""
    return re.findall(r"\]\((?!https?:|mailto:)([^)#\s]*)#?([^)\s]*)\)", text)


def headings(text: str) -> set[str]:
    """Return the anchors of a document's headings, as GitHub makes them."""
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
