"""The training loops of ``python_impl`` in portable arithmetic, compiled: the same bits, faster.

They run many networks at once, and judge nothing: what R and native NumPy do is found by running
them.
"""
