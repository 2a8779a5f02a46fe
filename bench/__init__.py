"""How long things take, each beside native NumPy or the bare loops of the same run."""
