"""A question, understood once: its words, kind, time and corrections."""
