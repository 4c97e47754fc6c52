"""A prompt becomes a completion: client, replay, embedded engine."""
