"""Watch the earlier stays of the patients for drift."""

from scipy.stats import ks_2samp


def has_drifted(reference, current):
    """Whether the stays of today are others than those of the training data."""
    return ks_2samp(reference["earlier_stays"], current["earlier_stays"]).pvalue < 0.01
