"""Tests of the rules of form."""
