"""A simulation for a talk; nothing that it imports sets a seed."""

import numpy as np


def simulate(size):
    points = np.random.uniform(size=(size, 2))
    centre = points.mean(axis=0)
    np.save("points.npy", points - centre)
