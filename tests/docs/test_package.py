"""What the package and its errors say of themselves is so."""

from __future__ import annotations

import inspect
import re
from types import ModuleType

import pytest

import bot.errors
import retrieval
from retrieval import errors


@pytest.mark.parametrize("module", [errors, bot.errors])
def test_the_tree_of_errors_is_drawn_as_it_is(module: ModuleType) -> None:
    drawn = re.findall(r"^[\s│]*(?:[├└]── )(\w+Error)\b", inspect.getdoc(module) or "", re.MULTILINE)
    classes = vars(module).items()
    raised = [name for name, value in classes if inspect.isclass(value) and value is not errors.VerbatimError]
    assert sorted(drawn) == sorted(raised)
    assert all(issubclass(getattr(module, name), errors.VerbatimError) for name in raised)


def test_the_package_offers_what_it_says() -> None:
    assert all(hasattr(retrieval, name) for name in retrieval.__all__)
    assert len(retrieval.__all__) <= 8
