"""Measurements of size, speed and safety that take minutes; see ``python -m tests.benchmarks --help``."""
