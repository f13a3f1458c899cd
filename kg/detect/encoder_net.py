"""The encoder as a torch module: MiniLM with word shapes, a tagger in three layers, a scorer of entity pairs.

Only training imports this; reading runs the exported graph (`kg.detect.encoder`), whose arithmetic is the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.detect.wordpieces import SHAPES

WIDTH, HEADS, INNER, DEPTH, POSITIONS = 384, 12, 1536, 6, 512
LOOKS, KEY = 4, 32  # heads of the pair scorer's attention, and their width
HIDDEN = 256


class Block(nn.Module):
    """One layer of BERT, normalized after each half."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        rows, length, _ = x.shape
        # float32 and contiguous: the attention kernel is several times slower on bfloat16 with strides
        q, k, v = self.qkv(x).view(rows, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).float().contiguous()
        with torch.autocast("cpu", enabled=False):
            seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        seen = self.out(seen.transpose(1, 2).reshape(rows, length, WIDTH))
        x = self.norm1(x + functional.dropout(seen, self.dropout, self.training))
        grown = self.down(functional.gelu(self.up(x)))
        return self.norm2(x + functional.dropout(grown, self.dropout, self.training))


class Body(nn.Module):
    """Piece ids and shapes in, a vector for each piece out."""

    def __init__(self, words: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.word = nn.Embedding(words, WIDTH)
        self.position = nn.Embedding(POSITIONS, WIDTH)
        self.shape = nn.Embedding(SHAPES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.blocks = nn.ModuleList(Block(dropout) for _ in range(DEPTH))
        self.dropout = dropout
        nn.init.normal_(self.shape.weight, std=0.01)
        self.word.weight.requires_grad_(False)

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor) -> Tensor:
        x = self.word(ids) + self.position.weight[: ids.shape[1]] + self.shape(shapes)
        x = functional.dropout(self.norm(x), self.dropout, self.training)
        for block in self.blocks:
            x = block(x, mask)
        return x


@dataclass(frozen=True)
class PairBatch:
    """Mentions of one article and the pairs of them to score; every field but `spans` is a row of indices.

    `spans` has a row for each mention: weights over the pieces that sum to 1. `group` says which entity pair a
    mention pair belongs to.
    """

    spans: Tensor
    types: Tensor
    subject: Tensor
    object: Tensor
    near: Tensor
    ends: Tensor
    between: Tensor
    group: Tensor
    groups: int


class PairScorer(nn.Module):
    """Logits of relations for entity pairs: each pair of mentions is scored, then the log-sum-exp taken."""

    def __init__(self, types: int, outputs: int, buckets: tuple[int, int, int], dropout: float = 0.2) -> None:
        super().__init__()
        self.subject = nn.Linear(WIDTH, HIDDEN)
        self.object = nn.Linear(WIDTH, HIDDEN)
        self.left = nn.Linear(WIDTH, HIDDEN)
        self.right = nn.Linear(WIDTH, HIDDEN)
        self.subject_type = nn.Embedding(types, HIDDEN)
        self.object_type = nn.Embedding(types, HIDDEN)
        self.subject_query = nn.Linear(WIDTH, LOOKS * KEY)
        self.object_query = nn.Linear(WIDTH, LOOKS * KEY)
        self.key = nn.Linear(WIDTH, LOOKS * KEY)
        self.value = nn.Linear(WIDTH, LOOKS * KEY)
        self.context = nn.Linear(LOOKS * KEY, HIDDEN)
        self.near = nn.Embedding(buckets[0], HIDDEN)
        self.ends = nn.Embedding(buckets[1], HIDDEN)
        self.between = nn.Embedding(buckets[2], HIDDEN)
        self.output = nn.Linear(HIDDEN, outputs)
        self.dropout = dropout
        for table in (self.subject_type, self.object_type, self.near, self.ends, self.between):
            nn.init.normal_(table.weight, std=0.1)
        nn.init.constant_(self.output.bias, -3.0)

    def looks(self, query: Tensor, key: Tensor) -> Tensor:
        q = query.view(-1, LOOKS, KEY).transpose(0, 1)
        k = key.view(-1, LOOKS, KEY).permute(1, 2, 0)
        return torch.matmul(q, k) / KEY**0.5  # LOOKS x mentions x pieces

    def forward(self, x: Tensor, batch: PairBatch) -> Tensor:
        m = batch.spans @ x
        key, value = self.key(x), self.value(x)
        seen = (
            self.looks(self.subject_query(m), key)[:, batch.subject]
            + self.looks(self.object_query(m), key)[:, batch.object]
        )
        weights = seen.float().softmax(-1).to(value.dtype)
        context = torch.matmul(weights, value.view(-1, LOOKS, KEY).transpose(0, 1))
        context = context.permute(1, 0, 2).reshape(-1, LOOKS * KEY)
        subject = self.subject(m) + self.subject_type(batch.types)
        object_ = self.object(m) + self.object_type(batch.types)
        hidden = (
            subject[batch.subject] + object_[batch.object] + self.left(m)[batch.subject] * self.right(m)[batch.object]
            + self.context(context) + self.near(batch.near) + self.ends(batch.ends) + self.between(batch.between)
        )  # fmt: skip
        hidden = functional.dropout(functional.gelu(hidden), self.dropout, self.training)
        return log_sum_exp(self.output(hidden).float(), batch.group, batch.groups)


def log_sum_exp(scores: Tensor, group: Tensor, groups: int) -> Tensor:
    """For each group the logarithm of the sum of its rows' exponentials."""
    index = group[:, None].expand_as(scores)
    top = scores.new_full((groups, scores.shape[1]), -1e4).scatter_reduce(0, index, scores.detach(), "amax")
    total = scores.new_zeros((groups, scores.shape[1])).scatter_add(0, index, (scores - top[group]).exp())
    return total.clamp_min(1e-30).log() + top


class Net(nn.Module):
    """The whole: `body`, `tagger` (all layers' labels side by side), `pairs`."""

    def __init__(self, words: int, labels: int, types: int, outputs: int, buckets: tuple[int, int, int]) -> None:
        super().__init__()
        self.body = Body(words)
        self.tagger = nn.Linear(WIDTH, labels)
        self.pairs = PairScorer(types, outputs, buckets)

    def load_base(self, weights: Mapping[str, Tensor]) -> None:
        """Fill the body from the tensors of a BERT checkpoint of this size."""
        body = self.body
        prefix = "embeddings."
        with torch.no_grad():
            body.word.weight.copy_(weights[prefix + "word_embeddings.weight"])
            kind = weights[prefix + "token_type_embeddings.weight"][0]
            body.position.weight.copy_(weights[prefix + "position_embeddings.weight"] + kind)
            _fill(body.norm, weights, prefix + "LayerNorm")
            for number, block in enumerate(body.blocks):
                assert isinstance(block, Block)
                at = f"encoder.layer.{number}."
                names = [at + f"attention.self.{part}" for part in ("query", "key", "value")]
                block.qkv.weight.copy_(torch.cat([weights[name + ".weight"] for name in names]))
                block.qkv.bias.copy_(torch.cat([weights[name + ".bias"] for name in names]))
                _fill(block.out, weights, at + "attention.output.dense")
                _fill(block.norm1, weights, at + "attention.output.LayerNorm")
                _fill(block.up, weights, at + "intermediate.dense")
                _fill(block.down, weights, at + "output.dense")
                _fill(block.norm2, weights, at + "output.LayerNorm")


def _fill(module: nn.Linear | nn.LayerNorm, weights: Mapping[str, Tensor], name: str) -> None:
    module.weight.copy_(weights[name + ".weight"])
    module.bias.copy_(weights[name + ".bias"])
