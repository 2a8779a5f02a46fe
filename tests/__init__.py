"""Tests of both halves; R is driven by rpy2 in child processes, as in `compare`."""
