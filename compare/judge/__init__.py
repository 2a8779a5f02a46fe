"""Values and evidence in, verdicts out."""
