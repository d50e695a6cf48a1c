"""Measure detectors on labelled files."""
