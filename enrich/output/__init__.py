"""What a result looks like: lines for a person, values for a program. Nothing is decided here."""
