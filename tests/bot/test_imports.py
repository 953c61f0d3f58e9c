"""The bot knows the public side of ``retrieval`` alone, and its conversation knows nothing of Telegram."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import bot

PACKAGE = Path(bot.__file__).parent
PUBLIC = ("retrieval", "retrieval.types", "retrieval.errors", "retrieval.dates", "retrieval.cli")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_the_bot_uses_only_the_public_modules_of_retrieval() -> None:
    for path in PACKAGE.rglob("*.py"):
        for name in imports(path):
            if name.split(".")[0] == "retrieval":
                assert name in PUBLIC or name.startswith("retrieval.present"), f"{path}: {name}"


def test_the_conversation_knows_nothing_of_telegram_nor_of_terminals() -> None:
    for module in ("conversation.py", "replies.py"):
        roots = {name.split(".")[0] for name in imports(PACKAGE / module)}
        assert not roots & {"telegram", "rich"}
        assert not [name for name in imports(PACKAGE / module) if name.startswith(("bot.t",))]
