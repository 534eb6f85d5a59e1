"""A model from a configuration."""

from __future__ import annotations

from typing import Any

from ae_studio.config import ConfigError, RunConfig, check
from ae_studio.models.base import Autoencoder, LearnsFromLabels
from ae_studio.models.catalog import family, model_class
from ae_studio.models.settings import ModelSettings
from ae_studio.models.stacks import ImageShape


def build_model(config: RunConfig, image_shape: ImageShape, class_names: tuple[str, ...] = ()) -> Autoencoder[Any]:
    """The configured model with fresh weights, for images of this shape and these classes.

    Raises :class:`ConfigError` for settings that do not fit the images.
    """
    settings = check(family(config.model).settings, config.settings)
    channels = getattr(settings, "channels", "")
    if getattr(settings, "network", "") == "conv" and min(image_shape[1:]) < 2 ** channels.count("-"):
        size = f"{image_shape[1]} x {image_shape[2]}"
        raise ConfigError(f"channels: {channels} halves an image of {size} away; give fewer stages")
    problem = settings.problem(config.latent_dim, class_names) if isinstance(settings, ModelSettings) else ""
    if problem:
        raise ConfigError(problem)
    known: Any = model_class(config.model)
    if issubclass(known, LearnsFromLabels):
        return known(image_shape, config.latent_dim, settings, len(class_names))
    return known(image_shape, config.latent_dim, settings)
