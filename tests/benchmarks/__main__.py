"""The command line of the benchmarks: ``python -m tests.benchmarks growth FOLDER`` and ``… crash``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks import crash, growth


def main() -> None:
    """Run one benchmark."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    grow = verbs.add_parser("growth", help="what building, opening, adding and removing cost")
    grow.add_argument("folder", type=Path, help="a BEIR folder of articles, such as orange_news")
    grow.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000], help="in paragraphs")
    kill = verbs.add_parser("crash", help="kill -9 at random points of changes")
    kill.add_argument("--rounds", type=int, default=200)
    chosen = parser.parse_args()
    if chosen.verb == "growth":
        growth.run(chosen.folder, chosen.sizes)
    else:
        crash.run(chosen.rounds)


if __name__ == "__main__":
    main()
