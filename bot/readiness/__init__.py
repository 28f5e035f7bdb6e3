"""Readiness: a reviewer for data-science and machine-learning code that teaches while it reviews."""

__version__ = "0.1.0"
