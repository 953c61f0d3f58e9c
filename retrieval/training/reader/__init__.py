"""Training of the bundled reader: data, objective, run, validation."""
