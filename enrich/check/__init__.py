"""What the source says of a sentence, and what the style says of a note."""
