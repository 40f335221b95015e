"""Wuhan in Numbers: evidence; analysis and text; charts; studies; site; execution. Rooms import from those before."""
