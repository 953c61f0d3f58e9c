"""EDTF values and their bounds."""

from __future__ import annotations

import datetime as dt

import pytest

from retrieval.dates import bounds, check_edtf
from retrieval.errors import DateError


class TestBounds:
    @pytest.mark.parametrize(
        ("value", "low", "high"),
        [
            ("2025-04-03", "2025-04-03", "2025-04-03"),
            ("2025-04", "2025-04-01", "2025-04-30"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2025", "2025-01-01", "2025-12-31"),
            ("2023-22", "2023-06-01", "2023-08-31"),
            ("2024-24", "2024-12-01", "2025-02-28"),
            ("2024-34", "2024-04-01", "2024-06-30"),
            ("2024-41", "2024-07-01", "2024-12-31"),
            ("199X", "1990-01-01", "1999-12-31"),
            ("18XX", "1800-01-01", "1899-12-31"),
            ("2025-04-XX", "2025-04-01", "2025-04-30"),
            ("2025-04~", "2025-04-01", "2025-04-30"),
            ("2019/2021", "2019-01-01", "2021-12-31"),
            ("2025-04-07/2025-04-13", "2025-04-07", "2025-04-13"),
            ("[2025-03-24..2025-04-27]", "2025-03-24", "2025-04-27"),
            ("2024-01/..", "2024-01-01", None),
            ("../2024-01", None, "2024-01-31"),
            ("-0044", None, None),
        ],
    )
    def test_days(self, value, low, high):
        expected = tuple(dt.date.fromisoformat(day) if day else None for day in (low, high))
        assert bounds(value) == expected

    @pytest.mark.parametrize(
        "value",
        [
            "2025-13-45",
            "2025-02-30",
            "2025-99",
            "hier",
            "",
            "12/2025",
            "2025-04-03/2024",
            "[2025..2024]",
            "/",
            "P3D",
        ],
    )
    def test_nonsense_is_refused_by_name(self, value):
        with pytest.raises(DateError, match="2025" if "2025" in value else "date"):
            check_edtf(value)

    @pytest.mark.parametrize(
        "value", ["2025-04-03", " 2025-04 ", "2025", "2023-22", "199X", "2024-01/..", "2004~"]
    )
    def test_sense_is_returned_stripped(self, value):
        assert check_edtf(value) == value.strip()
