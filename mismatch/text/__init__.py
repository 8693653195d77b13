"""Reads what people write into fields: names, types, ranges, quantities, metrics, versions, links.

Every module is pure and cheap to import: texts in, plain values out, no text makes it raise, and what is
not understood is None or "", never a guess.
"""
