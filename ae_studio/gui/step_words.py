"""The seven stages of a training step, and each of them in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ae_studio.events import StepSeen

BATCH, ENCODE, SAMPLE, DECODE, LOSS, GRADIENTS, UPDATE = range(7)
STAGES = ("Batch", "Encode", "Sample", "Decode", "Loss", "Gradients", "Update")


@dataclass(frozen=True, slots=True)
class Told:
    """What captions need to know of the run beside the step: the unit of its loss, and the names of its classes."""

    loss_unit: str = ""
    class_names: tuple[str, ...] = ()


def stages_of(seen: StepSeen) -> tuple[int, ...]:
    """Those that the step has: where nothing is drawn there is no sample to show."""
    return tuple(stage for stage in range(len(STAGES)) if stage != SAMPLE or seen.noise != "none")


def why_no_sample(seen: StepSeen) -> str:
    """Empty where there is one."""
    return "This model draws nothing: it decodes the code itself" if seen.noise == "none" else ""


def caption(seen: StepSeen, stage: int, told: Told) -> str:
    return _CAPTIONS[stage](seen, told)


def _batch(seen: StepSeen, told: Told) -> str:
    return (
        f"Step {seen.step:,}, in epoch {seen.epoch}: {seen.batch_size} images, drawn at random. "
        f"Here are the first {len(seen.images)}."
    )


def _encode(seen: StepSeen, told: Told) -> str:
    numbers = seen.codes.shape[1]
    if seen.spread is not None:
        means = _counted(seen.spread.shape[1], "mean μ", "means μ")
        return f"The encoder makes a cloud of each image, not a point: {means}, each with its spread σ."
    return f"The encoder makes a code of each image: {_counted(numbers, 'number', 'numbers')}, its place on the canvas."


def _sample(seen: StepSeen, told: Told) -> str:
    if seen.noise == "image":
        return "Decoded are the codes of the images with noise in them, which the model learns to take away."
    if seen.spread is not None:
        return "From each cloud one code is drawn, z = μ + σ·ε: what lies close together has to look alike."
    return "From each posterior one code is drawn: what lies close together has to look alike."


def _decode(seen: StepSeen, told: Told) -> str:
    error = np.square((seen.images.astype(np.float64) - seen.decoded) / 255).mean()
    direct = " Nothing was drawn: this model decodes the code itself." if seen.noise == "none" else ""
    return f"The decoder makes an image of each code. Mean squared error of a pixel: {figures(error)}.{direct}"


def _loss(seen: StepSeen, told: Told) -> str:
    unit = f" {told.loss_unit}" if told.loss_unit else ""
    loss = f"The loss of all {seen.batch_size} images: {figures(seen.terms['loss'])}{unit}."
    if seen.weights:
        return f"{loss} Its parts are the terms times their weights."
    return f"{loss} How it is put together stands in the model's formula (F1)."


def _gradients(seen: StepSeen, told: Told) -> str:
    whole = (
        f"Backwards through the network: how steeply the loss rises with the weights, {figures(seen.gradient)} in all."
    )
    if seen.clip and seen.gradient > seen.clip:
        return f"{whole} That is above the limit, and cut to {figures(seen.clip)}."
    return f"{whole} Below the limit of {figures(seen.clip)}." if seen.clip else whole


def _update(seen: StepSeen, told: Told) -> str:
    return (
        f"Adam moves the weights a little downhill, at a learning rate of {figures(seen.learning_rate)}. "
        "The points glide to where the new weights put them."
    )


_CAPTIONS = (_batch, _encode, _sample, _decode, _loss, _gradients, _update)


def figures(value: float) -> str:
    """Three figures, as a person writes them: ``152``, ``0.0124``, ``3.1 · 10⁻⁵``."""
    if not np.isfinite(value):
        return str(value)
    if value == 0 or 1e-3 <= abs(value) < 1e5:
        digits = max(0, 3 - len(str(int(abs(value)))))
        text = f"{value:,.{digits}f}" if abs(value) >= 1 else f"{value:.3g}"
        return text.replace("-", "−")
    mantissa, exponent = f"{value:.1e}".split("e")
    raised = str(int(exponent)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{mantissa} · 10{raised}".replace("-", "−")


def _counted(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"
