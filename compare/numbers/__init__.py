"""Doubles, ULPs, digits, print formats and balls: knows no case and no file."""
