"""Text that wants to be more than text, on every way into a note."""
