"""Draft journal notes from web articles, with every link real and every fact checked."""

__version__ = "0.1.0"
