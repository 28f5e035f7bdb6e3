"""Clean the readings of a gauge."""

import numpy as np


def fill_gaps(levels):
    """Fill single missing readings by the mean of both neighbours."""
    levels = np.array(levels, dtype=float)
    inner = levels[1:-1]
    gaps = np.isnan(inner)
    inner[gaps] = ((levels[:-2] + levels[2:]) / 2)[gaps]
    return levels


def drop_spikes(levels, limit):
    """Replace jumps that no tide makes by NaN."""
    levels = np.array(levels, dtype=float)
    jumps = np.abs(np.diff(levels, prepend=levels[0]))
    levels[jumps > limit] = np.nan
    return levels


def to_metres(levels, unit):
    """Readings in metres."""
    factors = {"m": 1.0, "cm": 0.01, "ft": 0.3048}
    if unit not in factors:
        raise ValueError(unit)
    return np.asarray(levels) * factors[unit]


def _as_array(levels):
    levels = np.asarray(levels)
    levels = levels.ravel()
    return levels
