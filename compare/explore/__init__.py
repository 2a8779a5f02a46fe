"""Searches for the input on which two functions part."""
