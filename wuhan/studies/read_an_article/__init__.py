"""The numbers of a text, marked, and what is known of them."""
