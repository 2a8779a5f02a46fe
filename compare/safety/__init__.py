"""Errors, and what keeps texts, paths, signals and half-written files from doing harm."""
