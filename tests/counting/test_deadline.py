"""The time limit ends whatever runs, and leaves nothing behind."""

import signal
import threading
import time

import pytest
import sympy as sp

from proofpress.counting.deadline import OutOfTime, check_deadline, seconds_left, time_limit
from proofpress.ledger.claims import Verdict
from proofpress.proving.method import Finding, attempt

alarmed = pytest.mark.skipif(
    not hasattr(signal, "setitimer"), reason="this system has no interval timers"
)
PROVED = Finding(Verdict.PROVED)


@pytest.fixture(autouse=True)
def nothing_is_left():
    handler = signal.getsignal(signal.SIGALRM) if hasattr(signal, "SIGALRM") else None
    yield
    assert seconds_left() is None
    if hasattr(signal, "setitimer"):
        assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
        assert signal.getsignal(signal.SIGALRM) == handler


# What has come to its own end although its time was over long before.
ended = []


def sleeping():
    time.sleep(60)
    ended.append("sleeping")
    return PROVED


def factoring():
    # The product of two primes of 40 digits: SymPy would be at it for hours.
    sp.factorint(sp.nextprime(10**39) * sp.nextprime(3 * 10**39))
    return PROVED


def swallowing():
    try:
        sleeping()
    except Exception:
        return PROVED
    return PROVED


@alarmed
@pytest.mark.parametrize("hanging", [sleeping, factoring, swallowing])
def test_what_hangs_in_a_library_is_undecided(hanging):
    found = attempt("hanging", hanging, seconds=0.2)
    assert (found.verdict, found.detail) == (Verdict.UNDECIDED, "no answer within 0.2 s")
    assert not ended


@alarmed
def test_an_outer_limit_ends_an_inner_one():
    with pytest.raises(OutOfTime), time_limit(0.2), time_limit(60):
        sleeping()
    assert not ended


@alarmed
def test_an_outer_limit_goes_on_after_an_inner_one():
    with pytest.raises(OutOfTime), time_limit(1):
        inner = attempt("inner", sleeping, seconds=0.1)
        assert inner.verdict is Verdict.UNDECIDED
        sleeping()
    assert not ended


@alarmed
def test_another_alarm_goes_on_afterwards():
    rung = []
    before = signal.signal(signal.SIGALRM, lambda *_: rung.append(True))
    try:
        # Late enough for a busy machine to come to the limit before.
        signal.setitimer(signal.ITIMER_REAL, 2)
        with time_limit(60):
            time.sleep(2.2)
            assert not rung
        # It had to wait, and rings as soon as the system comes to it.
        while not rung:
            time.sleep(0.01)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_a_result_after_the_end_is_none():
    def late():
        # In the processor's time, of which a busy machine may give little in a second.
        end = time.process_time() + 0.1
        while time.process_time() < end:
            pass
        return PROVED

    found = []
    # Without an alarm, and without a word to the deadline.
    thread = threading.Thread(target=lambda: found.append(attempt("late", late, seconds=0.05)))
    thread.start()
    thread.join()
    assert found[0].verdict is Verdict.UNDECIDED


def test_a_thread_has_a_limit_of_its_own():
    found = []

    def asking():
        while True:
            check_deadline()

    def work():
        found.append(seconds_left())
        found.append(attempt("asking", asking, seconds=0.05).verdict)

    with time_limit(60):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert found == [None, Verdict.UNDECIDED]


def test_what_is_in_time_is_told():
    assert attempt("quick", lambda: PROVED, seconds=60).verdict is Verdict.PROVED


def test_an_import_is_not_broken_off(tmp_path, monkeypatch):
    """A module of which only a half was run would stay so for the whole process."""
    (tmp_path / "slow_to_import.py").write_text("import time\ntime.sleep(0.6)\nwhole = True\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(OutOfTime), time_limit(0.05):
        import slow_to_import
    assert slow_to_import.whole
