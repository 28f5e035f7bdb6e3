"""Data flow: which values of a program reach which places, and by which way."""
