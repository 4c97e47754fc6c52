"""The form of a note: its rules, and what can be mended without a person."""
