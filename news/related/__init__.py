"""Which articles stand beside an article: how near they are, which are shown, and the lists that are kept of them.

`candidates` finds and weighs, `choosing` decides, `keeping` stores and refreshes, `page` reads, `reasons` explains.
"""
