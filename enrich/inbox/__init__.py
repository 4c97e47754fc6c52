"""Many sources at once: what is known of each, the plan that a person approves, and what has become of it."""
