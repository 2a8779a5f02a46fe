"""One checked record: what to call, and what was published."""
