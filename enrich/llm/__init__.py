"""A prompt becomes a completion: client, replay, no-model engine."""
