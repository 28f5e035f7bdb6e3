"""Draws the training signal; the seed is set by whoever runs the training."""

import numpy as np


def draw_signal(length):
    signal = np.sin(np.arange(length) / 9)
    return signal + np.random.normal(scale=0.1, size=length)
