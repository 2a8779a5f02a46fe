"""One call, in one language, in one child process; and what the machine is."""
