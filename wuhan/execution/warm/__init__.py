"""Warm kernels: a server that has imported everything forks one for each command that asks for it."""
