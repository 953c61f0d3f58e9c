"""The years of events that passages name by their day, from the full dates that an archive tells."""

from __future__ import annotations

from dataclasses import replace

from retrieval.dates import bounds
from retrieval.dates.events import is_open_day, settle
from retrieval.index.interface import Statistics
from retrieval.store.passages import Stored


def with_years_of_events(stored: Stored, statistics: Statistics) -> Stored:
    """Return a passage with the years of its events, where the archive as it stands tells them."""
    days = {date.value.partition("-")[2] for date in stored.dates if is_open_day(date.value)}
    if not days:
        return stored
    told = [event for day in sorted(days) for event in statistics.event_days(day)]
    low, high = bounds(stored.article.published) if stored.article.published else (None, None)
    reference = (low, high) if low and high else None
    return replace(stored, dates=settle(stored.passage.text, stored.dates, reference, told))
