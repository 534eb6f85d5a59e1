"""In fresh processes: what one process has imported, it cannot import again."""

import subprocess
import sys


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, timeout=110)


def test_torchvision_and_lightning_load_beside_the_torch_that_is_here():
    """Whatever pair is installed: with a CPU torch beside the index's torchvision, the plain imports fail."""
    done = run(
        "from ae_studio.lightning import pl\n"
        "import torchvision.transforms, torchvision.datasets, torchvision.utils\n"
        "print(pl.__version__, torchvision.__version__)"
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.split()) == 2


def test_the_operators_are_declared_where_the_extension_cannot_load():
    done = run(
        "import ae_studio.torch_setup as setup, torch\n"
        "setup._extension_loads = lambda: False\n"
        "setup.prepare(); setup.prepare()\n"
        "print(torch.ops.torchvision.nms.default)"
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "torchvision.nms.default"


def test_a_thread_that_computes_alone_takes_no_threads_from_the_training():
    """What one thread sets is what later threads begin with: a training in the window once ran on a single core."""
    done = run(
        "import threading, torch, ae_studio.torch_setup as setup\n"
        "torch.set_num_threads(3)\n"
        "setup.prepare()\n"
        "def training():\n"
        "    setup.compute_on_all_threads(); print(torch.get_num_threads())\n"
        "for work in (setup.compute_on_one_thread, training):\n"
        "    thread = threading.Thread(target=work); thread.start(); thread.join()\n"
    )
    assert done.stdout.strip() == "3", done.stderr


def test_where_the_extension_loads_nothing_is_declared():
    done = run(
        "import ae_studio.torch_setup as setup\n"
        "setup._extension_loads = lambda: True\n"
        "setup.prepare()\n"
        "print(setup._kept_libraries)"
    )
    assert done.stdout.strip() == "[]", done.stderr
