"""Commands that measure what the README claims; each prints a table, with ratios taken in one run."""
