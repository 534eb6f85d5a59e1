"""A model from a configuration."""

from __future__ import annotations

from typing import Any

from ae_studio.config import RunConfig
from ae_studio.models.base import Autoencoder, LearnsFromLabels
from ae_studio.models.catalog import model_class
from ae_studio.models.fitting import fitting_settings
from ae_studio.models.stacks import ImageShape


def build_model(config: RunConfig, image_shape: ImageShape, class_names: tuple[str, ...] = ()) -> Autoencoder[Any]:
    """The configured model with fresh weights, for images of this shape and these classes.

    Raises :class:`ConfigError` for settings that do not fit the images.
    """
    settings = fitting_settings(config, image_shape, class_names)
    known: Any = model_class(config.model)
    if issubclass(known, LearnsFromLabels):
        return known(image_shape, config.latent_dim, settings, len(class_names))
    return known(image_shape, config.latent_dim, settings)
