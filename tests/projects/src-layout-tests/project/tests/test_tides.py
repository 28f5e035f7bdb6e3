import numpy as np
import pytest

import tides
from tides import clean as cleaning
from tides.clean import to_metres as metres


def test_a_gap_is_filled():
    assert tides.fill_gaps([1, np.nan, 3]).tolist() == [1, 2, 3]


def test_a_spike_is_dropped():
    assert np.isnan(cleaning.drop_spikes([1, 9, 1], 3)[1])


@pytest.mark.parametrize("unit", ["m", "cm", "ft"])
def test_zero_is_zero_in_every_unit(unit):
    assert metres([0], unit) == 0


def test_amplitude_of_a_flat_sea():
    assert tides.tide_amplitude([2, 2, 2]) == 0
