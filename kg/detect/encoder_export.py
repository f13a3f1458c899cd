"""Writes a trained net as the files that reading needs: an int8 ONNX graph, int8 word vectors, float16 heads.

The graph is built node by node, so that its bytes follow from the weights alone and no exporter stands between.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from onnx import TensorProto, helper, numpy_helper

from kg.detect.encoder_net import HEADS, WIDTH, Block, Net

Array = npt.NDArray[Any]
LIMIT = 63  # 7 bits: processors without VNNI add two products in 16 bits, which 8 bits overflow


def quantize(weight: Array, limit: int, axis: int) -> tuple[Array, Array]:
    """Symmetric int8 weights and their scales, one for each slice along `axis` reduced away."""
    scale = np.maximum(np.abs(weight).max(axis=axis, keepdims=True), 1e-8) / limit
    whole = np.clip(np.rint(weight / scale), -limit, limit).astype(np.int8)
    return whole, scale.squeeze(axis).astype(np.float32)


class _Graph:
    """Nodes and constants of the graph under construction; each method returns the name of its result."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, name: str, value: Array) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, domain: str = "com.microsoft", **fields: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **fields))
        return output

    def linear(self, x: str, layer: torch.nn.Linear, name: str) -> str:
        whole, scale = quantize(array(layer.weight).T, LIMIT, 0)
        inputs = [
            x,
            self.constant(name + ".weight", whole),
            self.constant(name + ".scale", scale),
            self.constant(name + ".zero", np.zeros(scale.shape, dtype=np.int8)),
            self.constant(name + ".bias", array(layer.bias)),
        ]
        return self.node("DynamicQuantizeMatMul", inputs, name)

    def norm(self, layer: torch.nn.LayerNorm, name: str) -> list[str]:
        return [self.constant(name + ".gain", array(layer.weight)), self.constant(name + ".shift", array(layer.bias))]

    def block(self, x: str, block: Block, name: str) -> str:
        joined = self.linear(x, block.qkv, name + ".qkv")
        parts = [f"{name}.{part}" for part in ("query", "key", "value")]
        self.nodes.append(helper.make_node("Split", [joined], parts, name=name + ".split", axis=2, num_outputs=3))
        seen = self.node("MultiHeadAttention", parts, name + ".seen", num_heads=HEADS)
        out = self.linear(seen, block.out, name + ".out")
        x = self.add(out, x, block.norm1, name + ".norm1", name + ".half")
        up = self.node("Gelu", [self.linear(x, block.up, name + ".up")], name + ".gelu")
        down = self.linear(up, block.down, name + ".down")
        return self.add(down, x, block.norm2, name + ".norm2", name + ".whole")

    def add(self, x: str, y: str, layer: torch.nn.LayerNorm, norm: str, name: str) -> str:
        """The normalized sum. Two nodes: the one that ONNX Runtime has for both takes ten times as long."""
        total = self.node("Add", [x, y], name + ".sum", domain="")
        inputs = [total, *self.norm(layer, norm)]
        return self.node("LayerNormalization", inputs, name, domain="", axis=-1, epsilon=1e-12)


def array(tensor: torch.Tensor) -> Array:
    """The tensor as a float32 array."""
    return tensor.detach().to(torch.float32).numpy()


def build_graph(net: Net) -> Any:
    """The body after the sum of the embeddings: `embedded` (1 x pieces x width) in, `vectors` out."""
    graph = _Graph()
    norm = graph.norm(net.body.norm, "norm")
    x = graph.node("LayerNormalization", ["embedded", *norm], "normed", domain="", axis=-1, epsilon=1e-12)
    for number, block in enumerate(net.body.blocks):
        assert isinstance(block, Block)
        x = graph.block(x, block, f"block{number}")
    graph.node("Identity", [x], "vectors", domain="")
    sides = [helper.make_tensor_value_info(x, TensorProto.FLOAT, [1, "pieces", WIDTH]) for x in ("embedded", "vectors")]
    body = helper.make_graph(graph.nodes, "encoder", sides[:1], sides[1:], graph.constants)
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(body, opset_imports=opsets, ir_version=9, producer_name="kg")


def write_encoder(net: Net, vocabulary: Path, folder: Path) -> None:
    """Write `encoder.onnx`, `words.npy`, `heads.npz` and `vocab.txt` into the folder, made if absent."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "encoder.onnx").write_bytes(build_graph(net).SerializeToString(deterministic=True))
    whole, scale = quantize(array(net.body.word.weight), 127, 1)
    np.save(folder / "words.npy", whole)
    heads: dict[str, Array] = {"word_scale": scale.astype(np.float32)}
    for name, value in net.state_dict().items():
        if not name.startswith(("body.blocks", "body.word", "body.norm")):
            heads[name] = array(value).astype(np.float16)
    np.savez(folder / "heads.npz", **heads)  # type: ignore[arg-type]
    shutil.copyfile(vocabulary, folder / "vocab.txt")
