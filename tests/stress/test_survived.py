"""A few faults of each kind, each survived; `make stress` does hundreds."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
def test_a_few_faults_of_each_kind_are_survived() -> None:
    command = [sys.executable, Path(__file__).with_name("stress.py"), "few"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stdout + done.stderr
