"""The networks in NumPy, each mirrored line for line by the R package in ``r_impl``."""
