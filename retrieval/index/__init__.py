"""Indexes: what finds the passages worth ranking. ``interface`` says what one is, ``local`` is one."""
