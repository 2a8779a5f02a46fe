"""The checker is checked: mutants of the networks, and whether comparing values kills them."""
