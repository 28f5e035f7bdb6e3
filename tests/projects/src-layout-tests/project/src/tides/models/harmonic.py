"""Amplitudes of the tide's harmonics."""

import numpy as np


def amplitude(levels):
    """Half the range of the levels without their extremes."""
    low, high = np.nanpercentile(levels, [2, 98])
    middle = (low + high) / 2
    return high - middle


def phase(levels):
    """Position of the highest level."""
    levels = np.asarray(levels)
    highest = np.nanargmax(levels)
    return highest / len(levels)


def drop_spikes(levels):
    """Clip the levels; another function than the one in clean.py."""
    levels = np.asarray(levels)
    low, high = np.nanpercentile(levels, [1, 99])
    return np.clip(levels, low, high)
