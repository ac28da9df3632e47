"""Invented families, their papers, photographs of those papers, and applications made of them.

Nobody here exists. Everything follows from a seed alone (never from the clock), so a specimen can
be named by its seed. Seeds 0 to 9,999 are for building and tuning; seeds from 90,000 on, together
with the style set "held_out" (typefaces and layouts kept back), are only for measuring.
"""
