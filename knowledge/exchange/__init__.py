"""Questions and documents in and out of files: importer.py and exporter.py are the doors, forms.py the columns both know."""
