"""The checker is checked: deliberate faults, and whether comparing values notices them."""
