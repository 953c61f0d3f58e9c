"""Fit the ranker on labelled questions; nothing here runs when a question is answered."""
