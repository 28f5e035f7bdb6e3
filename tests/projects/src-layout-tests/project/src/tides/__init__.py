"""Tides at a gauge; the public names are exported here."""

from tides.clean import fill_gaps
from tides.models.harmonic import amplitude as tide_amplitude

__all__ = ["fill_gaps", "tide_amplitude"]
