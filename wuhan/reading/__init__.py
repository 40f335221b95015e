"""A text of any newsroom: its numbers, what each is about, and what is known of it."""
