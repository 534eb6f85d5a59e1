"""The speed table of the README: `python -m benchmarks`."""
