"""Watch the age of the patients for drift."""

from scipy.stats import ks_2samp


def has_drifted(reference, current):
    """Whether the ages of today are others than those of the training data."""
    return ks_2samp(reference["age"], current["age"]).pvalue < 0.01
