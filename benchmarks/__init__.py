"""Accuracy and speed, measured: `make accuracy` and `make bench`."""
