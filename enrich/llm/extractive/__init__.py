"""The embedded engine: drafts without any model, from the source's own words."""

from enrich.llm.extractive.engine import ExtractiveEngine

__all__ = ["ExtractiveEngine"]
