"""The engine that drafts without a model."""

from enrich.llm.extractive.engine import ExtractiveEngine, tell_limits

__all__ = ["ExtractiveEngine", "tell_limits"]
