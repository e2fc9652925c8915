"""Trains vigil-phantom-chest on films drawn by modules/phantom.

    python3 train_phantom.py --data FOLDER_OF_PhantomExport --out models/vigil-phantom-chest
"""

import argparse
import csv
import json
import pathlib
import time

import numpy as np
import torch
from torch.nn.functional import binary_cross_entropy_with_logits

from figures import at_point, auc, auc_interval, operating_point
from networks import phantom_network
from package import sha256, write_onnx
from preprocessing import phantom_input

SEED = 20261122
LABELS = ["pneumothorax", "consolidation", "nodule", "effusion"]


def read_npy(path, limit=None):
    """Like np.load, but takes what is there of a file still being written."""
    with open(path, "rb") as file:
        np.lib.format.read_magic(file)
        shape, _, kind = np.lib.format.read_array_header_1_0(file)
        array = np.frombuffer(file.read(), kind)
    size = int(np.prod(shape[1:]))
    count = len(array) // size
    return array[: count * size].reshape((count,) + shape[1:])[:limit]


def load(folder, name, limit=None):
    """Network inputs [N, 1, 256, 256], masks [N, 4, 32, 32] in 0..1 and labels [N, 4]."""
    sums = read_npy(folder / f"{name}.images.npy", limit)
    masks = read_npy(folder / f"{name}.masks.npy", limit)
    count = min(len(sums), len(masks))
    images = torch.empty(count, 1, 256, 256)
    for i in range(count):
        images[i, 0] = torch.from_numpy(phantom_input(sums[i]))
    maps = torch.from_numpy(masks[:count].astype(np.float32) / 255)
    labels = (maps.amax((2, 3)) > 0).float()
    return images, maps, labels


def verify(folder, name, labels):
    """The labels taken from the masks must agree with the table written beside them."""
    with open(folder / f"{name}.labels.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    table = np.array([[int(row[label]) for label in LABELS] for row in rows], np.float32)
    if len(table) != len(labels) or not np.array_equal(table, labels.numpy()):
        raise SystemExit(f"{name}: labels and masks disagree; export the set again")


def augment(images, maps, random):
    """Shifts by whole map cells, mirrors, bends the grey scale, adds noise."""
    out, moved = torch.empty_like(images), torch.empty_like(maps)
    for i in range(len(images)):
        dy, dx = (int(v) for v in torch.randint(-1, 2, (2,), generator=random))
        image = torch.roll(images[i], (8 * dy, 8 * dx), (1, 2))
        mask = torch.roll(maps[i], (dy, dx), (1, 2))
        if torch.rand((), generator=random) < 0.5:
            image, mask = image.flip(2), mask.flip(2)
        gain = 1 + 0.3 * (torch.rand((), generator=random) - 0.5)
        lift = 0.4 * (torch.rand((), generator=random) - 0.5)
        out[i], moved[i] = image * gain + lift, mask
    return out + 0.03 * torch.randn(out.shape, generator=random), moved


def scores(network, images):
    network.eval()
    with torch.no_grad():
        return torch.cat([network(b)[0] for b in images.split(32)]).numpy()


def figures(truth, score, points):
    result = {}
    for k, label in enumerate(LABELS):
        result[label] = {
            "positives": int(truth[:, k].sum()),
            "auc": auc(truth[:, k], score[:, k]),
            "auc_interval": auc_interval(truth[:, k], score[:, k]),
            "operatingPoint": points[k],
            **at_point(truth[:, k], score[:, k], points[k]),
        }
    return result


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True, type=pathlib.Path)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--films", type=int, help="use only the first films of the training set")
    parser.add_argument("--start", type=pathlib.Path, help="weights to begin with")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument(
        "--nodule-weight", type=float, default=30.0, help="how much more a nodule's cells count"
    )
    parser.add_argument("--no-test", action="store_true", help="stop before the test set is read")
    args = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(args.threads)
    random = torch.Generator().manual_seed(SEED)
    images, maps, labels = load(args.data, "training", args.films)
    network = phantom_network()
    if args.start:
        network.load_state_dict(torch.load(args.start))
    print(len(images), "films,", sum(p.numel() for p in network.parameters()), "weights", flush=True)
    batch = 8
    steps = args.epochs * (-(-len(images) // batch))
    optimizer = torch.optim.AdamW(network.parameters(), 1e-3, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, 4e-3, total_steps=steps, pct_start=0.1
    )
    started = time.time()
    for epoch in range(args.epochs):
        network.train()
        total, seen = 0.0, 0
        for chosen in torch.randperm(len(images), generator=random).split(batch):
            pictures, wanted = augment(images[chosen], maps[chosen], random)
            optimizer.zero_grad()
            logits, found = network.logits(pictures)
            # Most cells are healthy: diseased ones count more, most of all those of small findings.
            heavier = torch.tensor([6.0, 6.0, args.nodule_weight, 6.0])[None, :, None, None]
            place = binary_cross_entropy_with_logits(found, wanted, weight=1 + heavier * wanted)
            verdict = binary_cross_entropy_with_logits(logits, labels[chosen])
            loss = verdict + 10 * place
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
            optimizer.step()
            schedule.step()
            total += float(loss.detach()) * len(chosen)
            seen += len(chosen)
            if seen % 400 == 0:
                print(f"  {seen}: {total / seen:.4f}, {time.time() - started:.0f} s", flush=True)
        print(
            f"epoch {epoch + 1}: loss {total / len(images):.4f}, {time.time() - started:.0f} s",
            flush=True,
        )
        args.out.mkdir(parents=True, exist_ok=True)
        torch.save(network.state_dict(), args.out.with_suffix(".pt"))
        write_onnx(network, images[:1], args.out / "model.onnx")
    if args.no_test:
        return
    validation, _, truth = load(args.data, "validation")
    verify(args.data, "validation", truth)
    score = scores(network, validation)
    points = [
        round(operating_point(truth[:, k].numpy(), score[:, k]), 4) for k in range(len(LABELS))
    ]
    test, _, test_truth = load(args.data, "test")
    verify(args.data, "test", test_truth)
    report = {
        "data": {
            n: sha256(args.data / f"{n}.images.npy") for n in ("training", "validation", "test")
        },
        "validation": figures(truth.numpy(), score, points),
        "test": figures(test_truth.numpy(), scores(network, test), points),
    }
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
