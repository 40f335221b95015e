"""What is known, and how firmly: the data package, printed quantities, facts."""
