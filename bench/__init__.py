"""How long does verifying take, beside the bare loops that are verified?"""
