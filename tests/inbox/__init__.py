"""Tests of `enrich.inbox`."""
