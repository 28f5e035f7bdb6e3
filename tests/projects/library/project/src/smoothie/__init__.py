"""Smoothers for uneven time series."""

from smoothie.kernel import KernelSmoother

__all__ = ["KernelSmoother"]
