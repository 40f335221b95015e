"""What the notebook 00_what_we_know needs and no other does."""
