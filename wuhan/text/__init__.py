"""What readers read: language, names, sentences made of facts, tables, and the catalogue of translations."""
