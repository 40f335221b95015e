"""What the notebook 12_city_ranking needs and no other does."""
