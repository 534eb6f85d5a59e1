"""Random numbers of one thread's own. Torch's are the whole process's: a second thread would change a training's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

LIKE: dict[Any, Callable[..., Tensor]] = {torch.randn_like: torch.randn, torch.rand_like: torch.rand}
DRAWING = {
    *(torch.randn, torch.rand, torch.randint, torch.randperm, torch.normal, torch.bernoulli, torch.multinomial),
    *(torch.poisson, torch._standard_gamma, Tensor.normal_, Tensor.uniform_, Tensor.bernoulli_, Tensor.random_),
    *(Tensor.exponential_, Tensor.geometric_, Tensor.cauchy_, Tensor.log_normal_, Tensor.multinomial, Tensor.bernoulli),
    *(nn.init.uniform_, nn.init.normal_, nn.init.kaiming_uniform_, nn.init.kaiming_normal_),  # torch asks the mode once
}


class OwnStream(TorchFunctionMode):
    """``with OwnStream(seed):`` all that torch draws in this thread comes from generators of its own, one a device.

    They begin with ``seed`` as ``torch.manual_seed`` would; the process's own random streams stay where they are,
    whoever draws from them meanwhile. Holds for calls from Python, as the models', the distributions' and torch.nn's.
    """

    def __init__(self, seed: int) -> None:
        super().__init__()
        self._seed = seed
        self._generators: dict[torch.device, torch.Generator] = {}

    def __torch_function__(
        self, func: Any, types: Sequence[type], args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        kwargs = dict(kwargs or {})
        if func in LIKE:
            like = args[0]
            kwargs = {"device": like.device, "dtype": like.dtype, **kwargs}
            return LIKE[func](like.shape, generator=self._generator(torch.device(kwargs["device"])), **kwargs)
        if func in DRAWING and kwargs.get("generator") is None:
            kwargs["generator"] = self._generator(_device_of(args, kwargs))
        return func(*args, **kwargs)

    def _generator(self, device: torch.device) -> torch.Generator | None:
        if device.type == "meta":  # nothing is drawn there
            return None
        if device not in self._generators:
            self._generators[device] = torch.Generator(device).manual_seed(self._seed)
        return self._generators[device]


def _device_of(args: tuple[Any, ...], kwargs: dict[str, Any]) -> torch.device:
    """Where the call draws: on the named device, that of its first tensor, else torch's default."""
    if kwargs.get("device") is not None:
        return torch.device(kwargs["device"])
    tensors = (each for each in (*args, *kwargs.values()) if isinstance(each, Tensor))
    first = next(tensors, None)
    return torch.get_default_device() if first is None else first.device
