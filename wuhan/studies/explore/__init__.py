"""What the notebook 50_explore needs and no other does."""
