"""What the notebook 31_ai_peers needs and no other does."""
