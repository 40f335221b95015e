"""What the notebook 41_targets needs and no other does."""
