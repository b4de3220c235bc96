"""Files that staff hand in and take out, row by row: the same for every kind of thing that a row may be."""
