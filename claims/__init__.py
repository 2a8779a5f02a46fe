"""The functions that decide what the sources claim; `ledger.toml` says which decides what."""
