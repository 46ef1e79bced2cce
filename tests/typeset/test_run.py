import sys

import pytest

from proofpress.faults.space import NoSpace
from proofpress.typeset.run import Limits, run


def test_a_run_tells_status_and_last_words(tmp_path):
    ended = run([sys.executable, "-c", "print('hello'); exit(3)"], tmp_path, {}, Limits())
    assert (ended.status, ended.stopped, ended.said.strip()) == (3, False, "hello")


def test_a_run_that_takes_too_long_is_stopped(tmp_path):
    code = "import time; time.sleep(60); open('its end', 'w')"
    ended = run([sys.executable, "-c", code], tmp_path, {}, Limits(0.3))
    assert ended.stopped and not (tmp_path / "its end").exists()


def test_endless_chatter_is_not_kept(tmp_path):
    ended = run([sys.executable, "-c", "print('x' * 10**7)"], tmp_path, {}, Limits())
    assert len(ended.said) <= 8192


def test_written_files_have_a_limit(tmp_path):
    code = "open('big', 'wb').write(b'x' * 10**7)"
    ended = run([sys.executable, "-c", code], tmp_path, {}, Limits(written=10**6))
    assert ended.status != 0 and (tmp_path / "big").stat().st_size <= 10**6


def test_complaints_go_into_a_file_of_their_own(tmp_path):
    code = "import sys; print('said'); print('No space left on device', file=sys.stderr)"
    with pytest.raises(NoSpace):
        run([sys.executable, "-c", code], tmp_path, {}, Limits(), tmp_path / "errors")
    code = code.replace("No space left", "lost")
    ended = run([sys.executable, "-c", code], tmp_path, {}, Limits(), tmp_path / "errors")
    assert (ended.said, (tmp_path / "errors").read_text()) == ("said\n", "lost on device\n")
