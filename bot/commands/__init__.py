"""The commands of `hoidap`, a file for each subject; bot/__main__.py reads the command line."""
