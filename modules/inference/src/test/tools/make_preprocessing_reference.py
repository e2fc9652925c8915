"""Writes what each preprocessing step makes of a small image, computed with NumPy alone.

    python3 src/test/tools/make_preprocessing_reference.py src/test/resources/preprocessing/reference.tsv

Written from the definitions in models/README.md, pixel by pixel and in double precision, without a
look at the Java code: where the two differ, one of them is wrong. The image has 13 rows and 17
columns, 12 bits, value (37 x + 91 y + 13 x y) mod 4096. A line holds the photometric
interpretation, the steps as a manifest has them, channels, rows, columns, and the values.
"""

import math
import pathlib
import sys

import numpy as np

ROWS, COLUMNS, BITS = 13, 17, 12


def image():
    y, x = np.mgrid[0:ROWS, 0:COLUMNS]
    return ((37 * x + 91 * y + 13 * x * y) % 4096).astype(np.float64)[None]


def percentile(values, p):
    s = np.sort(values.ravel())
    r = p / 100 * (len(s) - 1)
    k = math.floor(r)
    return s[k] + (r - k) * (s[min(k + 1, len(s) - 1)] - s[k])


def unit(v, a, b):
    return np.clip((v - a) / (b - a), 0, 1) if b > a else np.zeros_like(v)


def weights_area(n, m):
    f = n / m
    w = np.zeros((m, n))
    for i in range(m):
        for j in range(n):
            w[i, j] = max(0.0, min(j + 1, (i + 1) * f) - max(j, i * f)) / f
    return w


def weights_bilinear(n, m):
    f = n / m
    half = max(1.0, f)
    w = np.zeros((m, n))
    for i in range(m):
        for j in range(n):
            w[i, j] = max(0.0, 1 - abs(j + 0.5 - (i + 0.5) * f) / half)
        w[i] /= w[i].sum()
    return w


def resize(v, width, height, method, fit):
    weights = weights_area if method == "area" else weights_bilinear
    c, rows, columns = v.shape
    w, h = width, height
    if fit != "stretch":
        s = (min if fit == "letterbox" else max)(width / columns, height / rows)
        w, h = math.floor(columns * s + 0.5), math.floor(rows * s + 0.5)
    scaled = np.einsum("ij,cjk,lk->cil", weights(rows, h), v, weights(columns, w))
    left, top = (width - w) // 2, (height - h) // 2
    out = np.zeros((c, height, width))
    for y in range(height):
        for x in range(width):
            if 0 <= y - top < h and 0 <= x - left < w:
                out[:, y, x] = scaled[:, y - top, x - left]
    return out


def cases():
    v = image()
    mirrored = 2**BITS - 1 - v
    yield "MONOCHROME1", "photometric: {to: MONOCHROME2}", mirrored
    yield "MONOCHROME2", "photometric: {to: MONOCHROME2}", v
    for low, high in ((1, 99), (0, 100), (12.5, 60)):
        result = unit(v, percentile(v, low), percentile(v, high))
        yield "MONOCHROME2", f"normalize-percentile: {{low: {low}, high: {high}}}", result
    yield "MONOCHROME2", "normalize-minmax", unit(v, v.min(), v.max())
    yield "MONOCHROME2", "voi-window", unit(v, v.min(), v.max())
    yield "MONOCHROME2", "scale: {divisor: 255}", v / 255
    yield "MONOCHROME2", "standardize: {mean: 2000, std: 700.5}", (v - 2000) / 700.5
    yield "MONOCHROME2", "channels: {count: 3}", np.repeat(v, 3, axis=0)
    for method in ("area", "bilinear"):
        for fit in ("stretch", "letterbox", "center-crop"):
            for width, height in ((5, 5), (8, 4), (17, 13), (20, 31)):
                text = f"resize: {{width: {width}, height: {height}, method: {method}, fit: {fit}}}"
                yield "MONOCHROME2", text, resize(v, width, height, method, fit)


def main(path):
    with open(path, "w", encoding="utf-8") as out:
        for photometric, step, result in cases():
            c, h, w = result.shape
            values = " ".join(f"{x:.9g}" for x in result.ravel())
            out.write(f"{photometric}\t{step}\t{c}\t{h}\t{w}\t{values}\n")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
