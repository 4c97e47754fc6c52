"""What every command works in, opened once and lazily, and the verbs on it: one file a verb."""
