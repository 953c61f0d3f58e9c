"""The order of the rooms: an import goes down, never up, and never in a circle.

Drawn from the source with ``ast``, so imports inside functions and under TYPE_CHECKING count.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("retrieval", "bot")

ORDER = (
    {"types", "errors", "arrays", "spans"},
    {"language"},
    {"dates"},
    {"articles"},
    {"encoders"},
    {"store"},
    {"index"},
    {"question"},
    {"ranking"},
    {"present"},
    {"ingest"},
    {"results", "timeline", "archive", "opening"},
    {"retrieval"},  # the package itself: it names what people use
    {"evaluation"},
    {"training"},  # it fits on collections, and measures what it fitted
    {"cli"},
    {"bot"},
)
"""The rooms from the lowest to the highest; those in one set are modules of the same level."""

MAY_IMPORT = {"present": {"types", "dates", "language", "errors"}}
"""Rooms that may import fewer than what is below them."""

FAISS_IN = ("retrieval.index.local.", "retrieval.encoders.threads")
"""The modules that may import FAISS."""


def modules() -> dict[str, Path]:
    """Every module of the project by its dotted name."""
    found = {}
    for package in PACKAGES:
        for file in (ROOT / package).rglob("*.py"):
            parts = file.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return found


def imported(tree: ast.Module, known: dict[str, Path]) -> Iterator[str]:
    """The names of the modules that a module imports; of a package, the submodule where it is one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            for alias in node.names:
                submodule = f"{node.module}.{alias.name}"
                yield submodule if submodule in known else str(node.module)


@cache
def graph() -> dict[str, set[str]]:
    """What each module of the project imports, by name."""
    known = modules()
    return {
        name: set(imported(ast.parse(file.read_text(encoding="utf-8")), known))
        for name, file in known.items()
    }


def own_imports() -> Iterator[tuple[str, str]]:
    """Each import of a module of the project by another."""
    for name, imports in graph().items():
        yield from ((name, other) for other in sorted(imports) if other in graph() and other != name)


def room(module: str) -> str:
    """The room that a module is in."""
    parts = module.split(".")
    if parts[0] == "bot":
        return "bot"
    if module in ("retrieval", "retrieval.__main__"):
        return "retrieval" if module == "retrieval" else "cli"
    return parts[1]


LEVEL = {name: level for level, names in enumerate(ORDER) for name in names}


def test_every_room_has_its_place_in_the_order() -> None:
    assert {room(module) for module in modules()} == LEVEL.keys()


def test_every_module_that_is_imported_exists() -> None:
    """Nothing else notices an import inside a function that is seldom called."""
    missing = [
        f"{name} imports {other}"
        for name, imports in graph().items()
        for other in sorted(imports)
        if other.split(".")[0] in PACKAGES and other not in graph()
    ]
    assert missing == []


def test_no_import_goes_up() -> None:
    upward = [
        f"{name} imports {other}" for name, other in own_imports() if LEVEL[room(name)] < LEVEL[room(other)]
    ]
    assert upward == []


@pytest.mark.parametrize(("limited", "allowed"), MAY_IMPORT.items())
def test_a_limited_room_imports_nothing_else(limited: str, allowed: set[str]) -> None:
    others = [
        f"{name} imports {other}"
        for name, other in own_imports()
        if room(name) == limited and room(other) not in {limited, *allowed}
    ]
    assert others == []


def circle(edges: dict[str, set[str]]) -> list[str]:
    """A circle of these edges, or nothing."""
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_modules_import_each_other_in_a_circle() -> None:
    edges: dict[str, set[str]] = {}
    for name, other in own_imports():
        edges.setdefault(name, set()).add(other)
    assert circle(edges) == []


def test_no_rooms_import_each_other_in_a_circle() -> None:
    edges: dict[str, set[str]] = {}
    for name, other in own_imports():
        if room(name) != room(other):
            edges.setdefault(room(name), set()).add(room(other))
    assert circle(edges) == []


def test_faiss_is_private_to_the_local_index() -> None:
    users = {name for name, imports in graph().items() if "faiss" in {one.split(".")[0] for one in imports}}
    assert users, "or this test sees nothing"
    assert [name for name in sorted(users) if not name.startswith(FAISS_IN)] == []


def test_types_import_nothing_of_ours() -> None:
    assert [edge for edge in own_imports() if room(edge[0]) in ("types", "errors")] == []


def test_a_circle_and_an_upward_import_would_be_seen() -> None:
    tree = ast.parse(
        "def f():\n    from retrieval.cli import app\n"
        "if TYPE_CHECKING:\n    import retrieval.evaluation.lines\n"
    )
    assert set(imported(tree, modules())) == {"retrieval.cli", "retrieval.evaluation.lines"}
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"a"}})
