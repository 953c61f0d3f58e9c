"""Answers, hits and timelines as people and programs read them, in the languages of the catalogue.

Importing this package sets how results are shown by ``str`` and in a notebook. The renderers are imported
when a result is first shown, so that ``import retrieval`` loads neither the date grammar nor Babel.
"""

from __future__ import annotations

from retrieval.types import Answer, Hit, Timeline, as_html, as_text

__all__: list[str] = []


@as_text.register(Answer)
def _(answer: Answer) -> str:
    from retrieval.present.text import answer_text

    return answer_text(answer)


@as_text.register(Hit)
def _(hit: Hit) -> str:
    from retrieval.present.text import hit_text

    return hit_text(hit)


@as_text.register(Timeline)
def _(timeline: Timeline) -> str:
    from retrieval.present.text import timeline_text

    return timeline_text(timeline)


@as_html.register(Answer)
def _(answer: Answer) -> str:
    from retrieval.present.html import answer_html

    return answer_html(answer)
