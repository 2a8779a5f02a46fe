"""What holds each network independently of it; a case names its oracle in its file.

Nothing here is imported from the networks, and everything is written differently: sums over
scalars instead of matrices, the derivative of a loss by complex steps instead of a chain of
products, and a few steps worked by hand.

One rule says how far a value may be off: each formula is evaluated in ball arithmetic twice, with
200 bits, which gives the exact value, and with the 53 bits of a double, where the radius of the
ball is a bound of what rounding does to this formula. A value must lie within four radii.
"""
