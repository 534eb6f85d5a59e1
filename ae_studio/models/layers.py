"""The layers of a model, in its own order, by names that a reader understands."""

from __future__ import annotations

from typing import Any

from torch import nn

from ae_studio.models.base import OPPONENT, Autoencoder

NORMS = (nn.modules.batchnorm._BatchNorm, nn.LayerNorm, nn.GroupNorm)


def named_layers(model: Autoencoder[Any]) -> dict[str, list[nn.Parameter]]:
    """``encoder 1``, ``decoder 2``, ``discriminator 1``: each with its weights and offsets.

    Numbered within the part of the model that they belong to; layers that normalise are counted apart, and weights of
    the model's own, which are in no layer, go by their name. Every parameter is in exactly one of them.
    """
    places: dict[str, str] = {}
    counts: dict[str, int] = {}
    found: dict[str, list[nn.Parameter]] = {}
    modules = dict(model.named_modules())
    for path, parameter in model.named_parameters():
        layer = _layer_of(path)
        if layer not in places:
            places[layer] = _new_name(path, modules.get(layer), counts)
        name = places[layer] if layer else path.replace("_", " ")
        found.setdefault(name, []).append(parameter)
    return found


def _layer_of(path: str) -> str:
    """``decoder.0`` of ``decoder.0.weight``, and of ``decoder.0.parametrizations.weight.original``."""
    return path.split(".parametrizations.")[0] if ".parametrizations." in path else path.rpartition(".")[0]


def _new_name(path: str, module: nn.Module | None, counts: dict[str, int]) -> str:
    first = path.split(".")[0]
    part = OPPONENT if first == "opponent" else first.replace("_", " ")
    kind = f"{part} norm" if isinstance(module, NORMS) else part
    counts[kind] = counts.get(kind, 0) + 1
    return f"{kind} {counts[kind]}"
