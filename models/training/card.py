"""Writes the table of a model card from the report that a training run prints.

    python3 card.py REPORT.json
"""

import json
import pathlib
import sys


def interval(pair):
    return f"{pair[0]:.3f}–{pair[1]:.3f}"


def row(name, f):
    positives = f["tp"] + f["fn"]
    negatives = f["tn"] + f["fp"]
    return (
        f"| {name} | {f['auc']:.3f} ({interval(f['auc_interval'])}) | {f['operatingPoint']} "
        f"| {f['sensitivity']:.3f} ({interval(f['sensitivity_interval'])}), {f['tp']} of {positives} "
        f"| {f['specificity']:.3f} ({interval(f['specificity_interval'])}), {f['tn']} of {negatives} |"
    )


def table(figures):
    lines = [
        "| finding | AUC (95% CI) | operating point | sensitivity (95% CI) | specificity (95% CI) |",
        "|---|---|---|---|---|",
    ]
    return "\n".join(lines + [row(name, f) for name, f in figures.items()])


if __name__ == "__main__":
    text = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
    print(table(json.loads(text)))
