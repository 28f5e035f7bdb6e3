"""A picture for a talk; nothing that it imports sets a seed."""

import numpy as np


def picture(size):
    points = np.random.uniform(size=(size, 2))
    centre = points.mean(axis=0)
    return points - centre
