"""Two clean builds that have nothing in common but the sources give the same bytes.

Folders, days, user names, homes, locales, time zones, numbers of cores and of jobs, seeds of hashes
and the masks of new files differ. The notebook runs in each, on few reviews, and its times are
left out of the PDF, which is what report.toml decides.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LEFT_OUT = shutil.ignore_patterns(".git", ".venv*", "output", "__pycache__", ".*_cache", "tests")
SMALL = "train_size = 160\nvalidation_size = 64\ntest_size = 64\nmax_length = 32\n"
# Another day for all programs of a build: the system's clock, asked through the C library.
CLOCK = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <sys/time.h>
#include <time.h>
#define LATER (40 * 86400 + 12345)
int clock_gettime(clockid_t clock, struct timespec *now) {
    int (*real)(clockid_t, struct timespec *) = dlsym(RTLD_NEXT, "clock_gettime");
    int status = real(clock, now);
    if (status == 0 && clock == CLOCK_REALTIME) now->tv_sec += LATER;
    return status;
}
time_t time(time_t *kept) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (kept) *kept = now.tv_sec;
    return now.tv_sec;
}
int gettimeofday(struct timeval *now, void *zone) {
    struct timespec found;
    clock_gettime(CLOCK_REALTIME, &found);
    now->tv_sec = found.tv_sec;
    now->tv_usec = found.tv_nsec / 1000;
    return 0;
}
"""

pytestmark = pytest.mark.slow


def another_day(folder: Path) -> dict[str, str]:
    """Variables by which a build sees a later day; empty where there is no C compiler to ask."""
    compiler = shutil.which("cc")
    if sys.platform != "linux" or compiler is None:
        return {}
    source, library = folder / "clock.c", folder / "clock.so"
    source.write_text(CLOCK)
    command = [compiler, "-shared", "-fPIC", "-o", library, source, "-ldl"]
    subprocess.run(command, check=True)
    return {"LD_PRELOAD": str(library)}


def built(root: Path, cores: int, mask: int, words: list[str], variables: dict[str, str]) -> Path:
    """The folder output/ of a clean build of a copy of the report at `root`."""
    shutil.copytree(ROOT, root, ignore=LEFT_OUT)
    settings = root / "report.toml"
    text = settings.read_text(encoding="utf-8").replace("times = true", "times = false")
    settings.write_text(text.replace("[notebook]\n", f"[notebook]\n{SMALL}"), encoding="utf-8")

    def surroundings() -> None:
        os.umask(mask)
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:cores]))

    done = subprocess.run(
        [sys.executable, "build.py", "pdf", *words],
        cwd=root,
        env={"PATH": os.environ["PATH"], **variables},
        preexec_fn=surroundings,
        capture_output=True,
        text=True,
        timeout=1200,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "output"


def test_two_clean_builds_give_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    plain = {"HOME": str(tmp_path / "home"), "USER": "ada", "LANG": "C", "TZ": "UTC"}
    other = {
        "USER": "grace",
        "LANG": "de_DE.UTF-8",
        "LC_ALL": "tr_TR.UTF-8",
        "TZ": "Asia/Kathmandu",
    }
    other |= {"PYTHONHASHSEED": "4711", "COLUMNS": "60", "PYTHONDONTWRITEBYTECODE": "1"}
    one = built(tmp_path / "one", 1, 0o022, ["--jobs", "1"], plain)
    two = built(tmp_path / "ein anderer Ordner, 'ü'", 64, 0o077, [], other | another_day(tmp_path))
    names = ["report.pdf", "ledger.json"]
    names += sorted(
        path.relative_to(one).as_posix() for path in one.glob("figures/**/*") if path.is_file()
    )
    assert len(names) > 15
    differing = [name for name in names if (one / name).read_bytes() != (two / name).read_bytes()]
    assert differing == []
