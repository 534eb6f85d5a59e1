"""Which models there are. Knows no torch, so that the form and ``--help`` are there at once."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ae_studio.config import ConfigError, RunConfig, Schema, check, unknown_name
from ae_studio.events import LatentSpace
from ae_studio.models.cards import Card, card
from ae_studio.models.own_file import names_a_file
from ae_studio.models.settings import (
    BetaVaeSettings,
    DeepSettings,
    LinearSettings,
    ModelSettings,
    VaeSettings,
)
from ae_studio.models.settings_geometry import (
    CategoricalSettings,
    HypersphericalSettings,
    JointVaeSettings,
    PoincareSettings,
    VqVaeSettings,
)
from ae_studio.models.settings_matching import AdversarialSettings, InfoVaeSettings, SwaeSettings, WaeMmdSettings
from ae_studio.models.settings_regularised import (
    ContractiveSettings,
    DenoisingSettings,
    GeometricSettings,
    RaeSettings,
    SigmaVaeSettings,
    SparseSettings,
    TopologicalSettings,
)
from ae_studio.models.settings_variational import (
    BetaTcvaeSettings,
    CapacityVaeSettings,
    ConditionalVaeSettings,
    DipVaeSettings,
    FactorVaeSettings,
    IwaeSettings,
    VampVaeSettings,
)

if TYPE_CHECKING:
    from ae_studio.models.base import Autoencoder


@dataclass(frozen=True, slots=True)
class Family:
    """A model as the form, the command line and the tests see it; what is told of it stands on its card.

    ``where`` is ``module:class``; ``defaults`` replace those of :class:`~ae_studio.config.RunConfig`.
    """

    name: str
    where: str
    settings: type[Schema]
    defaults: Mapping[str, Any] = field(default_factory=dict)

    @property
    def card(self) -> Card:
        return card(self.name)

    def model_class(self) -> type[Autoencoder[Any]]:
        """Imports torch."""
        module, attribute = self.where.split(":")
        return getattr(importlib.import_module(f"{__package__}.{module}"), attribute)


_FAMILIES = (
    Family("linear", "linear:LinearAutoencoder", LinearSettings, {"lr": 1e-2, "epochs": 50, "batch_size": 64}),
    Family("deep", "deep:DeepAutoencoder", DeepSettings),
    Family("vae", "vae:VAE", VaeSettings),
    Family("beta-vae", "beta_vae:BetaVAE", BetaVaeSettings),
    Family(
        "topological",
        "topological:TopologicalAutoencoder",
        TopologicalSettings,
        {"lr": 1.53e-4, "batch_size": 126, "weight_decay": 1e-5},
    ),
    Family("conditional-vae", "conditional_vae:ConditionalVAE", ConditionalVaeSettings),
    Family("denoising", "denoising:DenoisingAutoencoder", DenoisingSettings),
    Family("sparse", "sparse:SparseAutoencoder", SparseSettings, {"latent_dim": 64}),
    Family("contractive", "contractive:ContractiveAutoencoder", ContractiveSettings),
    Family("capacity-vae", "capacity_vae:CapacityVAE", CapacityVaeSettings, {"latent_dim": 10}),
    Family("beta-tcvae", "beta_tcvae:BetaTCVAE", BetaTcvaeSettings, {"latent_dim": 10}),
    Family("factor-vae", "factor_vae:FactorVAE", FactorVaeSettings, {"latent_dim": 10}),
    Family("dip-vae", "dip_vae:DipVAE", DipVaeSettings, {"latent_dim": 10}),
    Family("wae-mmd", "wae:WaeMmd", WaeMmdSettings),
    Family("info-vae", "info_vae:InfoVAE", InfoVaeSettings),
    Family("swae", "swae:SlicedWae", SwaeSettings),
    Family("adversarial", "adversarial:AdversarialAutoencoder", AdversarialSettings),
    Family("vq-vae", "vq_vae:VqVAE", VqVaeSettings),
    Family("iwae", "iwae:IWAE", IwaeSettings),
    Family("vamp-vae", "vamp_vae:VampVAE", VampVaeSettings),
    Family("hyperspherical", "hyperspherical:HypersphericalVAE", HypersphericalSettings, {"latent_dim": 3}),
    Family("poincare", "poincare:PoincareVAE", PoincareSettings),
    Family("rae", "rae:RegularisedAutoencoder", RaeSettings),
    Family("sigma-vae", "sigma_vae:SigmaVAE", SigmaVaeSettings),
    Family("geometric", "geometric:GeometricAutoencoder", GeometricSettings),
    Family("categorical", "categorical:CategoricalVAE", CategoricalSettings, {"latent_dim": 10}),
    Family("joint-vae", "joint_vae:JointVAE", JointVaeSettings, {"epochs": 60, "lr": 3e-3}),
)

MODELS: dict[str, Family] = {known.name: known for known in _FAMILIES}


def family(name: str) -> Family:
    """The family of this name: of the app's own, of an installed package, or of the Python file at this path.

    The last two are the user's own: choosing one runs its code, once, and imports torch. Raises :class:`ConfigError`:
    for an unknown name one that lists the known ones, for a file that was never trusted
    :class:`~ae_studio.models.own_file.NotTrusted`.
    """
    if name in MODELS:
        return MODELS[name]
    from ae_studio.models.own import installed, own_family

    if names_a_file(name) or name in installed():
        return own_family(name)
    raise ConfigError(f"{unknown_name('model', name, [*MODELS, *installed()])}, or the path of a .py file")


def model_class(name: str) -> type[Autoencoder[Any]]:
    """The family's class; imports torch."""
    return family(name).model_class()


def latent_space(config: RunConfig, class_names: tuple[str, ...] = ()) -> LatentSpace:
    """What the numbers of the configured model's codes are, for data of these classes."""
    settings = check(family(config.model).settings, config.settings)
    if isinstance(settings, ModelSettings):
        return settings.space(config.latent_dim, class_names)
    return LatentSpace(config.latent_dim)
