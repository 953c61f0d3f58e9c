"""The Python sessions of the documents run as shown."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest
from conftest import ROOT
from docs.documents import LIKE_SHOWN, READMES, ReaderChecker, name_of, read, sessions

from retrieval import opening
from retrieval.encoders import SentenceEncoder

WITH_SESSIONS = [readme for readme in READMES if sessions(read(readme))]


@pytest.mark.model
@pytest.mark.parametrize("readme", WITH_SESSIONS, ids=name_of)
def test_the_sessions_run_as_shown(
    readme: Path, monkeypatch: pytest.MonkeyPatch, real_encoder: SentenceEncoder
) -> None:
    """Each block goes on from the one before it."""
    monkeypatch.setattr(opening, "load_encoder", lambda name=None: real_encoder)
    monkeypatch.chdir(ROOT)
    session = doctest.DocTestParser().get_doctest(sessions(read(readme)), {}, readme.name, str(readme), 0)
    printed: list[str] = []
    outcome = doctest.DocTestRunner(ReaderChecker(), optionflags=LIKE_SHOWN).run(session, out=printed.append)
    assert outcome.failed == 0, "".join(printed)


def test_the_readmes_for_newcomers_and_contributors_have_sessions() -> None:
    assert {ROOT / "README.md", ROOT / "retrieval" / "README.md"} <= set(WITH_SESSIONS)
