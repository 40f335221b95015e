"""Pure arithmetic on frames and facts: no reading, no drawing, no words."""
