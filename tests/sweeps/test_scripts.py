import os
import subprocess
import sys

import pytest

from ae_studio.sweeps.plan import make_sweep, parse_axes
from ae_studio.sweeps.scripts import command_lines, slurm_script

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX")


@pytest.fixture
def runs():
    axes, _ = parse_axes([("beta", "1,4")], "vae")
    return make_sweep({}, axes, (0, 1), ["it's β; $(touch broken)"]).runs


@pytest.fixture
def shell(tmp_path):
    """Runs bash with an ae-studio on its path that tells what it is given, a word a line."""
    for name, text in {"ae-studio": 'printf "%s\\n" "$@"', "srun": 'exec "$@"'}.items():
        stub = tmp_path / "bin" / name
        stub.parent.mkdir(exist_ok=True)
        stub.write_text(f"#!/bin/bash\n{text}\n")
        stub.chmod(0o755)

    def run(script, **variables):
        environment = {**os.environ, "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}", **variables}
        return subprocess.run(
            ["bash"], input=script, env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=20
        )

    yield run
    assert not (tmp_path / "broken").exists()


@POSIX
@pytest.mark.parametrize("task", range(4))
def test_every_task_of_the_array_trains_its_own_run(shell, runs, task):
    done = shell(slurm_script("my sweep", "4 runs", runs), SLURM_ARRAY_TASK_ID=str(task))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[1:] == runs[task].command[1:]


@POSIX
def test_a_script_that_was_not_submitted_says_so(shell, runs):
    done = shell(slurm_script("my sweep", "4 runs", runs))
    assert done.returncode != 0
    assert "submit this script with sbatch" in done.stderr


@POSIX
def test_a_command_that_fails_fails_its_task(shell, runs, tmp_path):
    (tmp_path / "bin" / "ae-studio").write_text("#!/bin/bash\nexit 3\n")
    assert shell(slurm_script("my sweep", "4 runs", runs), SLURM_ARRAY_TASK_ID="0").returncode == 3


def test_the_array_has_a_task_a_run_a_limit_and_further_options(runs):
    script = slurm_script("my sweep", "4 runs", runs, at_once=2, options=["time=01:00:00", "--mem=4G"])
    head = [line for line in script.splitlines() if line.startswith("#SBATCH")]
    assert head == [
        "#SBATCH --job-name=ae-my-sweep",
        "#SBATCH --array=0-3%2",
        "#SBATCH --output=ae-my-sweep_%A_%a.log",
        "#SBATCH --ntasks=1",
        "#SBATCH --time=01:00:00",
        "#SBATCH --mem=4G",
    ]
    assert script.startswith("#!/bin/bash\n#SBATCH")


@POSIX
def test_the_list_of_commands_runs_as_it_is(shell, runs):
    told = shell(command_lines(runs)).stdout.splitlines()
    assert told == [word for run in runs for word in run.command[1:]]
    assert "--out" not in told
