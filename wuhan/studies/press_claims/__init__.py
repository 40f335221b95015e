"""What the notebook 40_press_claims needs and no other does."""
