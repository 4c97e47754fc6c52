"""Commands that measure what docs/measured.md claims; each prints a table, with ratios taken in one run."""
