"""Ranking: features of a passage for a question, a linear model over them, and how sure it is."""
