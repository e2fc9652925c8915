"""Writes what every model package has: model.onnx and SHA256SUMS."""

import hashlib
import pathlib

OPSET = 13


def sha256(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


def write_onnx(network, example, path):
    """Exports with a free batch size and fixed names."""
    import torch  # here, so that evaluation does not need it

    network.eval()
    torch.onnx.export(
        network,
        example,
        str(path),
        opset_version=OPSET,
        input_names=["image"],
        output_names=["probabilities", "heatmap"],
        dynamic_axes={"image": {0: "N"}, "probabilities": {0: "N"}, "heatmap": {0: "N"}},
    )


def write_sums(folder):
    """One line of sha256sum for every file of the package."""
    folder = pathlib.Path(folder)
    lines = []
    for file in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = file.relative_to(folder).as_posix()
        if name != "SHA256SUMS":
            lines.append(f"{sha256(file)}  {name}\n")
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")
