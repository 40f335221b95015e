"""What the notebook 32_ai_policy needs and no other does."""
