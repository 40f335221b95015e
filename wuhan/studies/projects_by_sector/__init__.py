"""What the notebook 21_projects_by_sector needs and no other does."""
