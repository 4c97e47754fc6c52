"""What a sentence says, compared with the source."""
