"""Files that staff hand in and take out: the only package that imports the libraries for them."""
