"""Wuhan in Numbers: evidence, analysis, presentation, execution; each wing imports only from those before it."""
