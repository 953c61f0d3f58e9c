"""Charts as SVG, drawn to scale."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

import numpy as np
import pytest

from retrieval.evaluation.charts import reliability_chart, risk_coverage_chart

SVG = "{http://www.w3.org/2000/svg}"


def points(element: Element) -> list[tuple[float, float]]:
    return [tuple(map(float, pair.split(","))) for pair in element.attrib["points"].split()]  # type: ignore[misc]


def test_risk_against_coverage_is_drawn_to_scale() -> None:
    """Right, right, wrong, wrong: no risk to half the width, then up to .5, on an axis that ends there."""
    svg = fromstring(risk_coverage_chart("k", np.array([0.9, 0.8, 0.7, 0.6]), np.array([1.0, 1.0, 0.0, 0.0])))
    (line,) = (one for one in svg.iter(f"{SVG}polyline") if one.attrib["class"] == "line")
    (x1, y1), (x2, y2), _, (x4, y4) = points(line)
    _, _, width, height = map(float, svg.attrib["viewBox"].split())
    assert y1 == y2
    assert x4 - x2 == pytest.approx(2 * (x2 - x1), abs=0.2)
    assert 0 < y4 < y1 < height
    assert x4 < width
    labels = [one.text for one in svg.iter(f"{SVG}text")]
    assert labels.count("50%") == 1
    assert svg.find(f"{SVG}title") is not None
    assert (svg.findtext(f"{SVG}desc") or "").endswith("50% of the first quotes are wrong.")


def test_reliability_is_drawn_to_scale() -> None:
    """A dot a bin; one of confidence .5 and right half the time stands on the diagonal, inside its bar."""
    confidence = np.array([0.5] * 20)
    svg = fromstring(reliability_chart("k", confidence, np.array([1.0, 0.0] * 10)))
    dots = list(svg.iter(f"{SVG}circle"))
    assert len(dots) == 10
    (diagonal,) = svg.iter(f"{SVG}polyline")
    (left, bottom), (right, top) = points(diagonal)
    assert float(dots[0].attrib["cx"]) == pytest.approx((left + right) / 2, abs=0.1)
    assert float(dots[0].attrib["cy"]) == pytest.approx((bottom + top) / 2, abs=0.1)
    bar = next(one for one in svg.iter(f"{SVG}line") if one.attrib["class"] == "bar")
    assert top < float(bar.attrib["y2"]) < float(dots[0].attrib["cy"]) < float(bar.attrib["y1"]) < bottom
