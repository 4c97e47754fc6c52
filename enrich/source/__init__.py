"""A URL or a file becomes a source: fetch, extract, refuse."""
