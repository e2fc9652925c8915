"""Writes the tiny ONNX models of the engine's tests (needs the Python package onnx).

    python3 src/test/tools/make_tiny_models.py src/test/resources/models

Each takes image[N,1,4,4]. "Mean" is the mean of the sixteen values.

tiny         probabilities = mean, 1 - mean; heatmap = the image, zeros
logits       probabilities = mean, 0 (not yet activated); heatmap = 10 x the image, zeros
not-a-number probabilities = log(mean - 2) twice
three-labels probabilities = mean three times, its second axis free
slow         probabilities = mean twice, after mean x 1e9 rounds of a loop
two-inputs   a second input besides the image
"""

import pathlib
import sys

from onnx import TensorProto, checker, helper, save

FLOAT = TensorProto.FLOAT


def value(name, *shape):
    return helper.make_tensor_value_info(name, FLOAT, list(shape))


def constant(name, number):
    return helper.make_tensor(name, FLOAT, [1], [number])


def mean():
    return helper.make_node("ReduceMean", ["image"], ["mean"], axes=[2, 3], keepdims=0)


def write(folder, name, nodes, outputs, initializers=(), inputs=()):
    graph = helper.make_graph(
        nodes, name, [value("image", "N", 1, 4, 4), *inputs], outputs, list(initializers)
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)])
    model.ir_version = 7
    model.producer_name = "vigil-tests"
    checker.check_model(model)
    save(model, str(folder / f"{name}.onnx"))


def main(folder):
    one, two, ten = constant("one", 1.0), constant("two", 2.0), constant("ten", 10.0)
    zero, billion = constant("zero", 0.0), constant("billion", 1e9)
    probabilities = value("probabilities", "N", 2)
    heatmap = value("heatmap", "N", 2, 4, 4)

    def join(out, *parts, axis=1):
        return helper.make_node("Concat", list(parts), [out], axis=axis)

    nothing = helper.make_node("Mul", ["image", "zero"], ["nothing"])
    rest = helper.make_node("Sub", ["one", "mean"], ["rest"])
    write(
        folder,
        "tiny",
        [mean(), rest, join("probabilities", "mean", "rest"), nothing,
         join("heatmap", "image", "nothing")],
        [probabilities, heatmap],
        [one, zero],
    )
    write(
        folder,
        "logits",
        [mean(), helper.make_node("Mul", ["mean", "zero"], ["none"]),
         join("probabilities", "mean", "none"), nothing,
         helper.make_node("Mul", ["image", "ten"], ["strong"]),
         join("heatmap", "strong", "nothing")],
        [probabilities, heatmap],
        [zero, ten],
    )
    write(
        folder,
        "not-a-number",
        [mean(), helper.make_node("Sub", ["mean", "two"], ["negative"]),
         helper.make_node("Log", ["negative"], ["nan"]), join("probabilities", "nan", "nan"),
         nothing, join("heatmap", "image", "nothing")],
        [probabilities, heatmap],
        [two, zero],
    )
    # The count is computed from the image, so that no shape inference finds it at loading.
    write(
        folder,
        "three-labels",
        [mean(), helper.make_node("Mul", ["mean", "zero"], ["none"]),
         helper.make_node("Add", ["none", "three"], ["count"]),
         helper.make_node("Cast", ["count"], ["columns"], to=TensorProto.INT64),
         helper.make_node("Reshape", ["columns", "flat"], ["times"]),
         join("repeats", "flat", "times", axis=0),
         helper.make_node("Tile", ["mean", "repeats"], ["probabilities"]), nothing,
         join("heatmap", "image", "nothing")],
        [value("probabilities", "N", "L"), heatmap],
        [zero, constant("three", 3.0),
         helper.make_tensor("flat", TensorProto.INT64, [1], [1])],
    )
    body = helper.make_graph(
        [helper.make_node("Identity", ["go_in"], ["go_out"]),
         helper.make_node("Sin", ["carried_in"], ["carried_out"])],
        "round",
        [helper.make_tensor_value_info("i", TensorProto.INT64, []),
         helper.make_tensor_value_info("go_in", TensorProto.BOOL, []),
         value("carried_in", "N", 1)],
        [helper.make_tensor_value_info("go_out", TensorProto.BOOL, []),
         value("carried_out", "N", 1)],
    )
    write(
        folder,
        "slow",
        [mean(), helper.make_node("Mul", ["mean", "billion"], ["many"]),
         helper.make_node("ReduceMax", ["many"], ["most"], keepdims=0),
         helper.make_node("Cast", ["most"], ["rounds"], to=TensorProto.INT64),
         helper.make_node("Loop", ["rounds", "", "mean"], ["end"], body=body),
         join("probabilities", "end", "end"), nothing, join("heatmap", "image", "nothing")],
        [probabilities, heatmap],
        [billion, zero],
    )
    write(
        folder,
        "two-inputs",
        [mean(), join("probabilities", "mean", "age"), nothing,
         join("heatmap", "image", "nothing")],
        [probabilities, heatmap],
        [zero],
        [value("age", "N", 1)],
    )


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
