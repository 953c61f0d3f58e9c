"""The log of a training run, and its learning curve as a picture."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

SMOOTHED = 10
"""Lines of the log that a point of the curve is the mean of."""


def append_log(path: Path, line: dict[str, Any]) -> None:
    """Add a line of JSON to a log."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")


def read_log(path: Path) -> list[dict[str, Any]]:
    """Return the lines of a log."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def draw_curve(log: Sequence[dict[str, Any]], path: Path) -> None:
    """Draw losses, training accuracy and the figures of the validation part against the groups read."""
    trained = [line for line in log if "loss" in line]
    validated = [line for line in log if "validation" in line]
    with mpl.rc_context({"font.size": 9}):
        figure = Figure(figsize=(13, 3.6), layout="constrained")
        left, middle, right = figure.subplots(1, 3)
        _lines(left, trained, {"loss": "choice of passage", "span_loss": "spans"}, "loss")
        _lines(middle, trained, {"right": "right passage", "none": "none answers"}, "training accuracy")
        for name in validated[0]["validation"] if validated else []:
            groups = [line["groups"] for line in validated]
            right.plot(
                groups, [line["validation"].get(name, np.nan) for line in validated], "o-", ms=3, label=name
            )
        right.set_title("validation, fixed candidates")
        for axes in (left, middle, right):
            axes.set_xlabel("groups read")
            axes.grid(alpha=0.3)
        left.legend(fontsize=7)
        middle.legend(fontsize=7)
        if right.lines:
            right.legend(fontsize=7, loc="center left", bbox_to_anchor=(1, 0.5))
        figure.savefig(path, dpi=120)


def _lines(axes: Axes, log: Sequence[dict[str, Any]], names: dict[str, str], title: str) -> None:
    groups = [line["groups"] for line in log]
    for name, label in names.items():
        values = [line[name] for line in log]
        smooth = [float(np.mean(values[max(0, i - SMOOTHED + 1) : i + 1])) for i in range(len(values))]
        axes.plot(groups, smooth, label=label)
    axes.set_title(title)
