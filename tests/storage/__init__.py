"""The storage seam over real SQLite files."""
