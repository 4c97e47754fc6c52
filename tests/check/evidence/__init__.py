"""Tests of the comparison with the source."""
