"""What the notebook 30_ai_ecosystem needs and no other does."""
