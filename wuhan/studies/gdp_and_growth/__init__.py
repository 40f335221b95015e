"""How large the economy of a city is, and how fast it grows: the sentences of its notebook."""
