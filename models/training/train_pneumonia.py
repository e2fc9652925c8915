"""Trains vigil-pneumonia-mnist on PneumoniaMNIST (28 x 28, paediatric chest films).

    python3 train_pneumonia.py --data FOLDER_WITH_pneumoniamnist.npz --out models/vigil-pneumonia-mnist
"""

import argparse
import json
import pathlib
import time

import numpy as np
import torch
from torch.nn.functional import binary_cross_entropy_with_logits

from figures import at_point, auc, auc_interval, operating_point
from networks import mnist_network
from package import sha256, write_onnx
from preprocessing import mnist_input

SEED = 20261122


def inputs(images):
    return torch.from_numpy(np.stack([mnist_input(i) for i in images])[:, None])


def augment(batch, random):
    """Shifts by up to 2 pixels, mirrors, and bends the grey scale."""
    out = torch.empty_like(batch)
    for i, image in enumerate(batch):
        dy, dx = (int(v) for v in torch.randint(-2, 3, (2,), generator=random))
        image = torch.roll(image, (dy, dx), (1, 2))
        if torch.rand((), generator=random) < 0.5:
            image = image.flip(2)
        gain = 1 + 0.25 * (torch.rand((), generator=random) - 0.5)
        lift = 0.3 * (torch.rand((), generator=random) - 0.5)
        out[i] = image * gain + lift
    return out + 0.05 * torch.randn(out.shape, generator=random)


def scores(network, images):
    network.eval()
    with torch.no_grad():
        return torch.cat([network(b)[0] for b in images.split(256)])[:, 0].numpy()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True, type=pathlib.Path)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(args.threads)
    random = torch.Generator().manual_seed(SEED)
    file = args.data / "pneumoniamnist.npz"
    data = np.load(file)
    images = {s: inputs(data[f"{s}_images"]) for s in ("train", "val", "test")}
    labels = {s: data[f"{s}_labels"][:, 0].astype(np.float32) for s in ("train", "val", "test")}
    truth = torch.from_numpy(labels["train"])
    # Three of four training films show pneumonia: the weight makes both kinds count alike.
    weight = torch.tensor((1 - labels["train"].mean()) / labels["train"].mean())
    network = mnist_network()
    print(sum(p.numel() for p in network.parameters()), "weights")
    batch = 64
    steps = args.epochs * (len(truth) // batch + 1)
    optimizer = torch.optim.AdamW(network.parameters(), 1e-3, weight_decay=5e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 4e-3, total_steps=steps)
    best, kept, started = -1, None, time.time()
    for epoch in range(args.epochs):
        network.train()
        for chosen in torch.randperm(len(truth), generator=random).split(batch):
            optimizer.zero_grad()
            logits, maps = network.logits(augment(images["train"][chosen], random))
            wanted = truth[chosen]
            loss = binary_cross_entropy_with_logits(logits[:, 0], wanted, pos_weight=weight)
            # No one drew where the pneumonia is. The map learns from the verdict alone: its
            # strongest tenth must agree with the label, and it stays dark in healthy films.
            strongest = maps.flatten(1).topk(20, 1).values.mean(1)
            loss = loss + 0.5 * binary_cross_entropy_with_logits(
                strongest, wanted, pos_weight=weight
            )
            loss.backward()
            optimizer.step()
            schedule.step()
        area = auc(labels["val"], scores(network, images["val"]))
        print(f"epoch {epoch + 1}: validation AUC {area:.4f}, {time.time() - started:.0f} s", flush=True)
        if area > best:
            best = area
            kept = {k: v.clone() for k, v in network.state_dict().items()}
    network.load_state_dict(kept)
    point = operating_point(labels["val"], scores(network, images["val"]), 0.0)
    test = scores(network, images["test"])
    report = {
        "data": {"file": file.name, "sha256": sha256(file)},
        "validation": {"auc": best},
        "operatingPoint": round(point, 4),
        "test": {
            "cases": len(test),
            "auc": auc(labels["test"], test),
            "auc_interval": auc_interval(labels["test"], test),
            **at_point(labels["test"], test, round(point, 4)),
        },
    }
    args.out.mkdir(parents=True, exist_ok=True)
    write_onnx(network, images["test"][:1], args.out / "model.onnx")
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
