"""For programs of others: a function to call, and a plugin for pytest."""
