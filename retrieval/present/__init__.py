"""Answers as text, HTML, records and pictures, in the languages of the catalogue."""
