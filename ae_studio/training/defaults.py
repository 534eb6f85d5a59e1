"""Good first settings for a data set and a model, and the presets. Knows no torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ae_studio.config import ConfigError, RunConfig, check, unknown_name
from ae_studio.data.catalog import dataset
from ae_studio.models.catalog import family


@dataclass(frozen=True, slots=True)
class Preset:
    """A run worth making, as a choice in the window and ``--preset`` on the command line."""

    title: str
    summary: str
    values: Mapping[str, Any]


PRESETS: dict[str, Preset] = {
    "talk-linear": Preset(
        "The talk: linear",
        "One linear layer in, one out, mean squared error, 50 epochs.",
        {"model": "linear", "latent_dim": 2, "epochs": 50, "batch_size": 64, "lr": 1e-2},
    ),
    "talk": Preset(
        "The talk: β-VAE",
        "32-16 units without a bend between them, sum of squares and KL, β = 1.",
        {
            "model": "beta-vae",
            "latent_dim": 2,
            "epochs": 50,
            "batch_size": 64,
            "lr": 1e-3,
            "settings": {
                "network": "mlp",
                "hidden": "32-16",
                "activation": "none",
                "reconstruction": "gaussian",
                "beta": 1.0,
            },
        },
    ),
    **{
        f"beta-{beta:g}": Preset(
            f"β = {beta:g}",
            f"A β-VAE with 10 latent dimensions at β = {beta:g}: one of three that differ in nothing else.",
            {"model": "beta-vae", "latent_dim": 10, "settings": {"beta": beta}},
        )
        for beta in (0.25, 1.0, 4.0)
    },
    "collapsed": Preset(
        "Collapsed",
        "A KL weight so high that the code says nothing: every image is decoded alike.",
        {"model": "beta-vae", "latent_dim": 10, "epochs": 15, "settings": {"beta": 60.0}},
    ),
    "recovered": Preset(
        "Recovered",
        "The same network at β = 1, grown from 0 over 5 epochs: the code is used again.",
        {"model": "beta-vae", "latent_dim": 10, "settings": {"beta": 1.0, "warmup": 5}},
    ),
    "topology": Preset(
        "Topology kept",
        "Codes whose distances are held to those of the images, by the shape of both clouds.",
        {"model": "topological", "latent_dim": 2},
    ),
    "no-topology": Preset(
        "Topology left alone",
        "The same network without that term: a plain autoencoder.",
        {"model": "topological", "latent_dim": 2, "settings": {"weight": 0.0}},
    ),
}


def default_config(data: str = "digits", model: str = "vae") -> RunConfig:
    """Settings with which this model learns something worth seeing from this data set."""
    return complete({"data": data, "model": model})


def preset_values(name: str) -> dict[str, Any]:
    """A preset's settings. Raises :class:`ConfigError` that lists the known ones."""
    if name not in PRESETS:
        raise ConfigError(unknown_name("preset", name, PRESETS))
    return dict(PRESETS[name].values)


def complete(values: Mapping[str, Any]) -> RunConfig:
    """A whole, checked configuration from the settings that were given; the others get the defaults.

    A setting of the data set's replaces the general one, the model family's replaces both.
    Raises :class:`ConfigError`.
    """
    base = check(RunConfig, values)
    data, model = dataset(base.data), family(base.model)
    settings = check(model.settings, base.settings)
    named = {"data": data.name, "model": model.name, "settings": settings.model_dump()}
    return check(RunConfig, {**data.defaults, **model.defaults, **values, **named})
