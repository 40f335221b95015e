"""The pages: every notebook with its evidence, the front page, tables, sources, search and PDF."""
