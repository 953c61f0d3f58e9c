"""An archive of a dozen articles, built once for all tests that only ask it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fakes import ARTICLES, archive_of

from retrieval.archive import Archive


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with archive_of(ARTICLES, tmp_path_factory.mktemp("archive")) as opened:
        yield opened
