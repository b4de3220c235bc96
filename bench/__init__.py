"""Benchmarks with their peers, run by hand and by `make bench`."""
