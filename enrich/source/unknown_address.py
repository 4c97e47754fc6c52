"""What stands for the address of a file that nobody named; light to import, since commands do."""

UNKNOWN_ADDRESS = "https://source.invalid/"
"""A host that can never exist (RFC 2606)."""
