"""What one run, and one call of somebody's function, may take where nothing else is said."""

RUN_SECONDS, CALL_SECONDS, MEMORY = 600, 60, 4.0  # gigabytes
