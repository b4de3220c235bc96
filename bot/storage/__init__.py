"""The database behind a narrow seam: base.py says what it does, sqlite.py does it, migrations.py shapes it."""
