"""The project's own quality gate: claims and place names against hand-made gold, with floors that may rise and never silently fall."""

from geo.evaluation.gate import evaluate

__all__ = ["evaluate"]
