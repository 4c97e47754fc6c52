"""The shapes that notes have: read, put together by kinds, written down as note types, made into one another."""
