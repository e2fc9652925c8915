"""The preprocessing steps of a manifest that training needs, as models/README.md defines them."""

import numpy as np


def normalize_percentile(image, low, high):
    """Percentiles by linear interpolation between order statistics; result clipped to 0..1."""
    a, b = np.percentile(image.astype(np.float64), [low, high])
    if not b > a:
        return np.zeros(image.shape, np.float32)
    return np.clip((image - a) / (b - a), 0, 1).astype(np.float32)


def normalize_minmax(image):
    """The smallest value becomes 0, the largest 1."""
    a, b = float(image.min()), float(image.max())
    if not b > a:
        return np.zeros(image.shape, np.float32)
    return ((image.astype(np.float64) - a) / (b - a)).astype(np.float32)


def standardize(image, mean, std):
    return ((image - mean) / std).astype(np.float32)


def phantom_input(sums):
    """From PhantomExport's 4 x 4 sums (the area resize times 16) to the network's input."""
    image = sums.astype(np.float64) / 16.0
    return standardize(normalize_percentile(image, 1, 99), 0.5, 0.25)


def mnist_input(image):
    """From a 28 x 28 picture of any range to the network's input."""
    return standardize(normalize_minmax(image), 0.5, 0.25)
