"""Recomputes a card's test figures from the shipped model.onnx with ONNX Runtime.

    python3 evaluate.py --model models/vigil-phantom-chest --data FOLDER [--golden]

The phantom model needs the exported TEST set in FOLDER, the pneumonia model pneumoniamnist.npz. The
operating points are read from the manifest. With --golden the cases of golden/ are written anew.
Needs the Python package onnxruntime (pip), unlike training.
"""

import argparse
import json
import pathlib

import numpy as np
import onnxruntime
import yaml

from figures import at_point, auc, auc_interval
from package import write_sums
from preprocessing import mnist_input, phantom_input


def load_phantoms(folder):
    """Inputs and truths of the exported test set."""
    sums = np.load(folder / "test.images.npy", mmap_mode="r")
    truth = np.load(folder / "test.masks.npy").max((2, 3)) > 0
    return [phantom_input(s) for s in sums], truth.astype(np.float32)


def load_mnist(folder):
    data = np.load(folder / "pneumoniamnist.npz")
    return [mnist_input(i) for i in data["test_images"]], data["test_labels"].astype(np.float32)


def area_resize(image, size):
    """The area resize of models/README.md for square images."""
    scale = image.shape[0] / size
    weights = np.zeros((size, image.shape[0]))
    for i in range(size):
        for j in range(image.shape[0]):
            weights[i, j] = max(0.0, min(j + 1, (i + 1) * scale) - max(j, i * scale))
    weights /= weights.sum(1, keepdims=True)
    return weights @ image @ weights.T


def golden_phantom(folder, data, run, labels):
    """The first films of the test set, named by their index: every machine draws them alike."""
    sums = np.load(data / "test.images.npy", mmap_mode="r")
    lines = ["tolerance: 0.001", "cases:"]
    for index in range(4):
        scores = run(phantom_input(sums[index]))[0]
        values = ", ".join(f"{label}: {score:.5f}" for label, score in zip(labels, scores))
        lines.append(f"  - phantom: {{set: TEST, index: {index}}}")
        lines.append(f"    probabilities: {{{values}}}")
    (folder / "cases.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def golden_mnist(folder, data, run, labels):
    """Small grey pictures (PGM) made from nothing but arithmetic; no picture of a child."""
    lines = ["tolerance: 0.001", "cases:"]
    rows, columns = np.mgrid[0:28, 0:28] / 27.0
    chest = 60 + 150 * np.exp(-(((columns - 0.5) / 0.16) ** 2)) + 60 * rows
    left = np.exp(-(((columns - 0.25) / 0.14) ** 2 + ((rows - 0.45) / 0.3) ** 2))
    right = np.exp(-(((columns - 0.76) / 0.14) ** 2 + ((rows - 0.45) / 0.3) ** 2))
    pictures = {
        "clear": chest - 70 * left - 70 * right,
        "one-side-white": chest - 70 * left + 60 * right,
        "both-sides-white": chest + 50 * left + 60 * right,
    }
    for name, picture in pictures.items():
        grey = np.clip(np.rint(picture), 0, 255).astype(np.uint8)
        (folder / f"{name}.pgm").write_bytes(b"P5\n28 28\n255\n" + grey.tobytes())
        scores = run(mnist_input(grey))[0]
        lines.append(f"  - file: {name}.pgm")
        lines.append(f"    probabilities: {{{labels[0]}: {scores[0]:.5f}}}")
    (folder / "cases.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True, type=pathlib.Path)
    parser.add_argument("--data", required=True, type=pathlib.Path)
    parser.add_argument("--golden", action="store_true")
    args = parser.parse_args()
    manifest = yaml.safe_load((args.model / "manifest.yaml").read_text(encoding="utf-8"))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    session = onnxruntime.InferenceSession(str(args.model / "model.onnx"), options)

    def run(image):
        return session.run(["probabilities"], {"image": image[None, None]})[0]

    phantom = manifest["id"] == "vigil-phantom-chest"
    labels = [label["name"] for label in manifest["labels"]]
    images, truth = load_phantoms(args.data) if phantom else load_mnist(args.data)
    scores = np.concatenate([run(image) for image in images])
    report = {}
    for k, label in enumerate(manifest["labels"]):
        report[label["name"]] = {
            "cases": len(scores),
            "positives": int(truth[:, k].sum()),
            "auc": auc(truth[:, k], scores[:, k]),
            "auc_interval": auc_interval(truth[:, k], scores[:, k]),
            "operatingPoint": label["operatingPoint"],
            **at_point(truth[:, k], scores[:, k], label["operatingPoint"]),
        }
    print(json.dumps(report, indent=1))
    if args.golden:
        golden = args.model / "golden"
        golden.mkdir(exist_ok=True)
        (golden_phantom if phantom else golden_mnist)(golden, args.data, run, labels)
        write_sums(args.model)


if __name__ == "__main__":
    main()
