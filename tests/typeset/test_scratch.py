import os
import subprocess
import sys
import threading
import time

from proofpress.typeset import scratch


def test_a_room_is_gone_afterwards(tmp_path):
    with scratch.room(tmp_path) as folder:
        (folder / "a").write_text("x")
    assert list(tmp_path.iterdir()) == []


def test_a_killed_run_is_swept_and_a_living_one_is_not(tmp_path):
    code = "import sys, time; from pathlib import Path; from proofpress.typeset import scratch\n"
    code += "with scratch.room(Path(sys.argv[1])) as r: print(r, flush=True); time.sleep(60)"
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    left = child.stdout.readline().strip()
    long_ago = time.time() - 10
    for lock in tmp_path.glob("*.lock"):
        os.utime(lock, (long_ago, long_ago))
    with scratch.room(tmp_path):
        assert os.path.isdir(left)
    child.kill()
    child.wait()
    assert os.path.isdir(left)
    with scratch.room(tmp_path):
        assert not os.path.exists(left)


def test_a_turn_is_over_when_whoever_has_it_is_killed(tmp_path):
    code = "import sys, time; from pathlib import Path; from proofpress.typeset import scratch\n"
    code += (
        "with scratch.turn(Path(sys.argv[1]), 'dump'): print('mine', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None and child.stdout.readline() == "mine\n"
    killed = threading.Event()

    def kill():
        killed.set()
        child.kill()

    threading.Timer(0.2, kill).start()
    with scratch.turn(tmp_path, "dump"):
        assert killed.is_set()
    child.wait()
    assert list(tmp_path.iterdir()) == []


def test_contents_are_named_as_tex_will_see_them(tmp_path):
    for name in ("tex/report.tex", "tex/report.aux", "tex/a.tex", "tex/s/b.tex", "tex/.hidden",
                 "figures/p.pdf", "figures/loss/q.pdf", "styles/x.sty"):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    search = [tmp_path / "figures", tmp_path / "styles" / "x.sty"]
    found = scratch.contents(tmp_path / "tex" / "report.tex", search)
    assert set(found) == {"a.tex", "s/b.tex", "figures/p.pdf", "figures/loss/q.pdf", "x.sty"}


def test_delivery_replaces_a_file_at_once(tmp_path):
    (tmp_path / "old").write_text("old")
    (tmp_path / "new").write_text("new")
    scratch.deliver(tmp_path / "new", tmp_path / "old")
    assert (tmp_path / "old").read_text() == "new"
