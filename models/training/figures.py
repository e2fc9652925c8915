"""The figures of a model card: areas under the curve, intervals, operating points."""

import math

import numpy as np


def auc(truth, score):
    """Area under the ROC curve: the chance that a positive scores above a negative."""
    truth = np.asarray(truth).astype(bool)
    score = np.asarray(score, dtype=np.float64)
    positives, negatives = int(truth.sum()), int((~truth).sum())
    if positives == 0 or negatives == 0:
        return float("nan")
    order = np.argsort(score, kind="mergesort")
    ranks = np.empty(len(score))
    ordered = score[order]
    start = 0
    while start < len(ordered):
        end = start
        while end + 1 < len(ordered) and ordered[end + 1] == ordered[start]:
            end += 1
        ranks[order[start : end + 1]] = (start + end) / 2 + 1
        start = end + 1
    return (ranks[truth].sum() - positives * (positives + 1) / 2) / (positives * negatives)


def auc_interval(truth, score, rounds=2000, seed=20261122):
    """95% interval of the AUC by the percentile bootstrap over cases."""
    truth, score = np.asarray(truth), np.asarray(score)
    random = np.random.default_rng(seed)
    areas = []
    for _ in range(rounds):
        chosen = random.integers(0, len(truth), len(truth))
        area = auc(truth[chosen], score[chosen])
        if not math.isnan(area):
            areas.append(area)
    return tuple(float(v) for v in np.percentile(areas, [2.5, 97.5]))


def wilson(hits, total):
    """95% Wilson score interval of a proportion."""
    if total == 0:
        return float("nan"), float("nan")
    z = 1.959963984540054
    p = hits / total
    middle = (p + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return middle - half, middle + half


def operating_point(truth, score, least_specificity=0.95):
    """The threshold with the greatest sensitivity + specificity; of several, the middle one.

    Thresholds below the least specificity are not considered: a label that the network finds badly
    must miss rather than cry wolf.
    """
    truth = np.asarray(truth).astype(bool)
    score = np.asarray(score, dtype=np.float64)
    edges = np.unique(np.concatenate([[0.0, 1.0], score]))
    candidates = (edges[1:] + edges[:-1]) / 2
    sensitivity = np.array([(score[truth] >= c).mean() for c in candidates])
    specificity = np.array([(score[~truth] < c).mean() for c in candidates])
    allowed = specificity >= least_specificity
    gains = np.where(allowed, sensitivity + specificity, -1)
    best = candidates[gains >= gains.max() - 1e-9]
    return float(best[len(best) // 2])


def at_point(truth, score, point):
    """Sensitivity and specificity at an operating point, with counts and Wilson intervals."""
    truth = np.asarray(truth).astype(bool)
    positive = np.asarray(score) >= point
    tp, fn = int((truth & positive).sum()), int((truth & ~positive).sum())
    tn, fp = int((~truth & ~positive).sum()), int((~truth & positive).sum())
    return {
        "tp": tp,
        "fn": fn,
        "tn": tn,
        "fp": fp,
        "sensitivity": tp / max(1, tp + fn),
        "sensitivity_interval": wilson(tp, tp + fn),
        "specificity": tn / max(1, tn + fp),
        "specificity_interval": wilson(tn, tn + fp),
    }
