"""The user's folder of notes: read, resolve, write safely."""
