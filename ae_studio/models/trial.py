"""A model of the user's own, tried on a few images before a run begins: what it does wrong is said in its own words."""

from __future__ import annotations

import copy
import inspect
import re
from pathlib import Path
from typing import Any, NoReturn

import torch
from torch import Tensor

from ae_studio.config import ConfigError, RunConfig
from ae_studio.models.base import Autoencoder, minimised
from ae_studio.models.build import build_model
from ae_studio.models.catalog import latent_space

IMAGES = 8
RESERVED = ("mse_per_pixel", "lr")  # columns of the run's own, beside the terms
CLOSE = 1e-4  # of a pixel: what two ways to compute the same image may differ by


def try_out(
    config: RunConfig, x: Tensor, y: Tensor, class_names: tuple[str, ...] = (), *, shared: bool = False
) -> None:
    """Makes the configured model once more and goes through all that a run asks of it.

    ``x`` (n, C, H, W) and ``y`` (n,) are the first images: ``begin`` sees all of them, the rest a few. ``shared``:
    several processes train it, which need a gradient for every weight. Raises :class:`ConfigError` that names the
    method and its line, or whatever the user's code raises; moves no random stream of torch's.
    """
    with torch.random.fork_rng(devices=[]):
        model = build_model(config, (x.shape[1], x.shape[2], x.shape[3]), class_names)
        _check_size(model, latent_space(config, class_names).size)
        model.begin(x)
        x, y = x[:IMAGES], y[:IMAGES]
        model.eval()
        with torch.no_grad():
            for images, classes in ((x, y), (x[:1], y[:1])):  # the hand decodes one code at a time
                _check_images(model, images, classes)
        model.train()
        _check_terms(model, x, y, shared)


def _check_size(model: Autoencoder[Any], size: int) -> None:
    if not any(True for _ in model.parameters()):
        _refuse(
            model, "__init__", "makes no weights, so there is nothing to learn: keep layers as `self.encoder = ...`"
        )
    if model.code_size != size:
        _refuse(
            model, "code_size", f"is {model.code_size}, but space(...) of its Settings says {size} numbers in a code"
        )


def _check_images(model: Autoencoder[Any], x: Tensor, y: Tensor) -> None:
    z = model.encode_given(x, y)
    _check_tensor(model, "encode", z, (len(x), model.code_size), "codes (B, code_size)")
    images = model.decode(z)
    _check_tensor(model, "decode", images, tuple(x.shape), "images (B, C, H, W)")
    module = copy.deepcopy(model.decoder_module()).eval()
    try:
        alone = module(z)
    except Exception as error:
        _refuse(model, "decoder_module", f"gives a module that does not decode: {type(error).__name__}: {error}")
    _check_tensor(model, "decoder_module", alone, tuple(x.shape), "a module whose images are (B, C, H, W)")
    if not torch.allclose(alone, images, atol=CLOSE):
        off = float((alone - images).abs().max())
        _refuse(model, "decoder_module", f"decodes to other images than decode does (they differ by up to {off:.2g})")


def _check_tensor(model: Autoencoder[Any], method: str, value: Any, wanted: tuple[int, ...], what: str) -> None:
    if not isinstance(value, Tensor):
        _refuse(model, method, f"must give {what}, a tensor {wanted}, got {type(value).__name__}")
    if tuple(value.shape) != wanted:
        _refuse(model, method, f"must give {what}, here {wanted}, got {tuple(value.shape)}")
    if not value.is_floating_point() or not bool(value.isfinite().all()):
        _refuse(model, method, f"gives numbers that are not finite: {_kind(value)}")


def _check_terms(model: Autoencoder[Any], x: Tensor, y: Tensor, shared: bool) -> None:
    terms = model.terms_given(x, y)
    if not isinstance(terms, dict) or "loss" not in terms:
        got = f"the terms {', '.join(map(str, terms)) or 'none'}" if isinstance(terms, dict) else type(terms).__name__
        _refuse(model, "terms", f'must give a dict of terms with "loss" among them, the one to minimise; got {got}')
    for name, value in terms.items():
        _check_term(model, name, value)
    loss = minimised(terms)
    if not loss.requires_grad:
        _refuse(model, "terms", '"loss" does not depend on the weights: it was detached, or computed without torch')
    loss.backward()
    without = [name for name, weight in model.named_parameters() if weight.requires_grad and weight.grad is None]
    if shared and without:
        _refuse(
            model, "terms", f"several processes need a gradient for every weight; none reaches {', '.join(without)}"
        )


def _check_term(model: Autoencoder[Any], name: Any, value: Any) -> None:
    if not isinstance(name, str) or not re.fullmatch(r"\w[\w .()-]*", name) or name in RESERVED:
        _refuse(model, "terms", f"a term cannot be named {name!r}: letters, digits and spaces, and not {RESERVED}")
    if not isinstance(value, Tensor):
        _refuse(model, "terms", f'"{name}" must be a tensor with one number, got {type(value).__name__}')
    if value.ndim:
        shape = tuple(value.shape)
        _refuse(model, "terms", f'"{name}" must be one number, the mean over the batch, got the shape {shape}')
    if not bool(value.isfinite()):
        _refuse(model, "terms", f'"{name}" is {value.item()} on the very first images')


def _kind(value: Tensor) -> str:
    if not value.is_floating_point():
        return str(value.dtype)
    return "NaN" if bool(value.isnan().any()) else "infinity"


def _refuse(model: Autoencoder[Any], method: str, problem: str) -> NoReturn:
    raise ConfigError(f"{_where(model, method)}{method}: {problem}")


def _where(model: Autoencoder[Any], method: str) -> str:
    """``my_model.py, line 18: ``, of the method as the user wrote it; empty where it is inherited from the app."""
    for each in (getattr(type(model), f"{method}_given", None), getattr(type(model), method, None)):
        code: Any = getattr(inspect.unwrap(each) if callable(each) else getattr(each, "fget", None), "__code__", None)
        if code is not None and Path(code.co_filename).parent != Path(__file__).parent:
            return f"{Path(code.co_filename).name}, line {code.co_firstlineno}: "
    return ""
