"""What the notebook 33_future_industries needs and no other does."""
