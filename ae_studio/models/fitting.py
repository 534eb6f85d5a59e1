"""Whether a model's settings fit the images that it is to learn from. Knows no torch."""

from __future__ import annotations

from ae_studio.config import ConfigError, RunConfig, Schema, check
from ae_studio.models.catalog import family
from ae_studio.models.settings import ModelSettings


def fitting_settings(config: RunConfig, image_shape: tuple[int, int, int], class_names: tuple[str, ...]) -> Schema:
    """The model's own settings, for images of this shape (C, H, W) and these classes.

    Raises :class:`ConfigError` for settings that do not fit them.
    """
    settings = check(family(config.model).settings, config.settings)
    channels = getattr(settings, "channels", "")
    if getattr(settings, "network", "") == "conv" and min(image_shape[1:]) < 2 ** channels.count("-"):
        size = f"{image_shape[1]} x {image_shape[2]}"
        raise ConfigError(f"channels: {channels} halves an image of {size} away; give fewer stages")
    problem = settings.problem(config.latent_dim, class_names) if isinstance(settings, ModelSettings) else ""
    if problem:
        raise ConfigError(problem)
    return settings
