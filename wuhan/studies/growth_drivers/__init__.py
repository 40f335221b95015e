"""What the notebook 11_growth_drivers needs and no other does."""
