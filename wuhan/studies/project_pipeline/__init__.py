"""What the notebook 20_project_pipeline needs and no other does."""
