"""One of two processes that train every family together; prints what came out, for test_models.py.

python two_processes.py RANK PORT
"""

import json
import os
import sys
from pathlib import Path

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel

sys.path.insert(0, str(Path(__file__).parent))
from test_models import labels, make, optimizer_of

from ae_studio.data.share import Share
from ae_studio.models.base import minimised
from ae_studio.models.catalog import MODELS
from ae_studio.models.noise import rows_of_a_batch

BATCHES = (16, 5, 1)  # images of both together: even, uneven, and too few for both


class Terms(nn.Module):
    """What Lightning wraps is a module whose forward is the step."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, x, y):
        return minimised(self.model.terms_given(x, y))


def differences(name: str, rank: int) -> list[str]:
    """Parameters and running codebooks that differ between the two, or are no numbers, after a few steps."""
    share = Share(rank, 2)
    model = make(name, {})
    step = DistributedDataParallel(Terms(model))
    optimizer = optimizer_of(model, lr=1e-3)
    for size in BATCHES:
        part = share.part(size)
        x = torch.rand(size, 1, 8, 8)  # all random streams are alike
        with rows_of_a_batch(part.start, part.stop, size):
            loss = step(x[part.start : part.stop], labels(size)[part.start : part.stop])
        optimizer.zero_grad()
        (loss * (part.images * 2 / size)).backward()
        optimizer.step()
    wrong = []
    for key, value in model.state_dict().items():
        if "running_" in key or "num_batches" in key:
            continue  # a batch norm's: those of the first process are kept
        both = [torch.empty_like(value) for _ in range(2)]
        dist.all_gather(both, value.contiguous())
        if not torch.equal(*both) or not torch.isfinite(value.float()).all():
            wrong.append(key)
    streams = [torch.empty_like(torch.get_rng_state()) for _ in range(2)]
    dist.all_gather(streams, torch.get_rng_state())
    return wrong if torch.equal(*streams) else [*wrong, "the random stream"]


def main() -> None:
    rank, port = sys.argv[1:]
    os.environ |= {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": port}
    dist.init_process_group("gloo", rank=int(rank), world_size=2)
    found = {name: differences(name, int(rank)) for name in MODELS}
    if rank == "0":
        print(json.dumps(found))
    dist.destroy_process_group()


if __name__ == "__main__":
    main()
