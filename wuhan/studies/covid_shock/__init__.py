"""What the notebook 13_covid_shock needs and no other does."""
