"""Which notes to link, where and why."""
