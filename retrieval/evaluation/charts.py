"""Small charts as SVG text that stands in an HTML page: shares against shares, from 0 to 1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from xml.etree.ElementTree import Element, SubElement, tostring

from scipy.stats import binomtest

from retrieval.evaluation.figures import Column
from retrieval.evaluation.silence import reliability, risk_coverage

WIDTH, HEIGHT = 420, 300
LEFT, RIGHT, TOP, BOTTOM = 52, 20, 12, 46
"""Margins around the plot."""

TICKS = 5
CEILINGS = (0.1, 0.2, 0.5, 1.0)
"""What a vertical axis may end at, so that its ticks are round."""

TARGETS = (0.05, 0.10)
"""Risks that answering at 95 and 90 % precision allows."""


@dataclass(frozen=True, slots=True)
class Series:
    """Points (x, y) to draw: a line, dots, or a thin guide.

    ``bars`` are the lower and upper end of a bar through each point.
    """

    points: Sequence[tuple[float, float]]
    style: Literal["line", "dots", "guide"] = "line"
    bars: Sequence[tuple[float, float]] = ()


def risk_coverage_chart(key: str, confidence: Column, right: Column) -> str:
    """Return how often a system is wrong as it answers more questions, highest confidence first."""
    coverage, risk = risk_coverage(confidence, right)
    ceiling = next((top for top in CEILINGS if top >= max(risk.max(), *TARGETS)), 1.0)
    guides = [Series([(0, target), (1, target)], "guide") for target in TARGETS]
    return chart(
        key,
        "Risk and coverage",
        f"Answering every question, {risk[-1]:.0%} of the first quotes are wrong.",
        ("share of questions answered", "share of answers wrong"),
        [*guides, Series(list(zip(coverage.tolist(), risk.tolist(), strict=True)))],
        ceiling,
    )


def reliability_chart(key: str, confidence: Column, right: Column) -> str:
    """Return the share that is right against the confidence, with 95 % Wilson intervals."""
    bins = reliability(confidence, right)
    spans = [binomtest(group.right, group.n).proportion_ci(method="wilson") for group in bins]
    dots = Series(
        [(group.confidence, group.right / group.n) for group in bins],
        "dots",
        bars=[(span.low, span.high) for span in spans],
    )
    lowest, highest = bins[0], bins[-1]
    return chart(
        key,
        "Reliability",
        f"Least confident: confidence {lowest.confidence:.0%}, right {lowest.right / lowest.n:.0%}. "
        f"Most confident: confidence {highest.confidence:.0%}, right {highest.right / highest.n:.0%}.",
        ("confidence", "share right"),
        [Series([(0, 0), (1, 1)], "guide"), dots],
    )


def chart(
    key: str,
    title: str,
    description: str,
    axes: tuple[str, str],
    series: Sequence[Series],
    ceiling: float = 1.0,
) -> str:
    """Return a chart as an ``svg`` element, its axes from 0 to 1 and from 0 to ``ceiling``.

    ``key`` is unique in its page; screen readers read its ``title`` and ``description``. Colours
    come from the page: the classes are ``axis``, ``grid``, ``bar`` and the styles of the series.
    """
    svg = Element(
        "svg",
        {
            "class": "chart",
            "viewBox": f"0 0 {WIDTH} {HEIGHT}",
            "xmlns": "http://www.w3.org/2000/svg",
            "role": "img",
            "aria-labelledby": f"{key}-title {key}-description",
        },
    )
    SubElement(svg, "title", {"id": f"{key}-title"}).text = title
    SubElement(svg, "desc", {"id": f"{key}-description"}).text = description
    for step in range(TICKS + 1):
        share = step / TICKS
        _line(svg, "grid", _at(share, 0, ceiling), _at(share, ceiling, ceiling))
        _line(svg, "grid", _at(0, share * ceiling, ceiling), _at(1, share * ceiling, ceiling))
        x, y = _at(share, 0, ceiling)
        _text(svg, x, y + 16, f"{share:.0%}", "middle")
        x, y = _at(0, share * ceiling, ceiling)
        _text(svg, x - 6, y + 4, f"{share * ceiling:.0%}", "end")
    _text(svg, (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, axes[0], "middle")
    middle = (TOP + HEIGHT - BOTTOM) / 2
    _text(svg, 12, middle, axes[1], "middle", transform=f"rotate(-90 12 {middle:g})")
    for one in series:
        _draw(svg, one, ceiling)
    return tostring(svg, encoding="unicode")


def _draw(svg: Element, series: Series, ceiling: float) -> None:
    places = [_at(x, y, ceiling) for x, y in series.points]
    for (x, _), (low, high) in zip(series.points, series.bars, strict=False):
        _line(svg, "bar", _at(x, low, ceiling), _at(x, high, ceiling))
    if series.style == "dots":
        for x, y in places:
            SubElement(svg, "circle", {"class": "dots", "cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": "4"})
    else:
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        SubElement(svg, "polyline", {"class": series.style, "points": points})


def _at(x: float, y: float, ceiling: float) -> tuple[float, float]:
    """Return the place of a point in the drawing, whose y grows downwards."""
    across = LEFT + x * (WIDTH - LEFT - RIGHT)
    return across, HEIGHT - BOTTOM - y / ceiling * (HEIGHT - TOP - BOTTOM)


def _line(svg: Element, style: str, start: tuple[float, float], end: tuple[float, float]) -> None:
    places = zip(("x1", "y1", "x2", "y2"), (*start, *end), strict=True)
    SubElement(svg, "line", {"class": style, **{name: f"{place:.1f}" for name, place in places}})


def _text(svg: Element, x: float, y: float, words: str, anchor: str, **attributes: str) -> None:
    place = {"class": "axis", "x": f"{x:.1f}", "y": f"{y:.1f}", "text-anchor": anchor, **attributes}
    SubElement(svg, "text", place).text = words
