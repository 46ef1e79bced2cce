"""The costs of the recurrence and of the convolution, against real layers and a FLOP counter."""

import itertools

import pytest

from derivations import recurrence as costs
from proofpress.counting.plain import function
from proofpress.counting.recurrences import MatrixTerm, Recurrence, longest_chain, run
from proofpress.counting.tensors import Tensor
from proofpress.deriving.ledger import settle
from proofpress.ledger.claims import Verdict
from proofpress.proving.methods.oracle import same_number

SIZES = [{"n": n, "c": c, "h": h} for n, c, h in ((1, 1, 1), (4, 3, 5), (6, 2, 8))]


@pytest.fixture(scope="module", autouse=True)
def libraries():
    """Imports what the tests compare with: a method's time limit is not for that."""
    for name in ("torch", "torch.utils.flop_counter"):
        pytest.importorskip(name)


@pytest.fixture(scope="module")
def claims():
    return {claim.name: claim for claim in settle([costs])}


@pytest.fixture(scope="module")
def number(claims):
    def value(name, **letters):
        claim = claims[name]
        return function(claim.letters, claim.closed_form)(*(letters[str(x)] for x in claim.letters))

    return value


def agree(evidence):
    assert evidence.verdict is Verdict.CHECKED, evidence.detail


def test_every_claim_is_proved(claims):
    assert {claim.verdict for claim in claims.values()} == {Verdict.PROVED}


def test_the_assignment_s_closed_forms(claims):
    forms = {name: claims[name].closed_form for name in claims}
    n, c, h, k = costs.n, costs.c, costs.h, costs.k
    expected = {
        "recurrence.parameters": h * (c + 2 * h),
        "recurrence.multiplies.padded": n**2 * h * (c + 2 * h),
        "recurrence.adds.padded": n**2 * h * (c + 2 * h - 1),
        "recurrence.operations.padded": n**2 * h * (2 * c + 4 * h - 1),
        "recurrence.multiplies.border": n**2 * h * c + 2 * n * (n - 1) * h**2,
        "recurrence.adds.border": n**2 * h * (c - 1) + 2 * n * (n - 1) * h**2,
        "recurrence.activations": n**2 * h,
        "recurrence.depth": 2 * n - 1,
        "recurrence.reach": costs.i * costs.j,
        "convnet.parameters": k**2 * c * h,
        "convnet.multiplies": n**2 * h * k**2 * c,
        "convnet.adds": n**2 * h * (k**2 * c - 1),
    }
    for name, form in expected.items():
        assert (forms[name] - form).expand() == 0, name


def test_parameters_of_real_layers(number):
    torch = pytest.importorskip("torch")

    def recurrent(c, h):
        layers = (torch.nn.Linear(c, h, bias=False), *(torch.nn.Linear(h, h, bias=False),) * 2)
        return sum(p.numel() for layer in layers for p in layer.parameters())

    def convolution(k, c, h):
        layer = torch.nn.Conv2d(c, h, k, padding="same", bias=False)
        return sum(p.numel() for p in layer.parameters())

    cells = [{"c": c, "h": h} for c, h in ((1, 1), (3, 64), (5, 7))]
    agree(
        same_number(
            "torch.nn.Linear", lambda **v: number("recurrence.parameters", **v), recurrent, cells
        )
    )
    kernels = [{"k": k, "c": c, "h": h} for k, c, h in ((1, 1, 1), (3, 3, 64), (5, 2, 7))]
    agree(
        same_number(
            "torch.nn.Conv2d", lambda **v: number("convnet.parameters", **v), convolution, kernels
        )
    )


def test_multiplies_by_torch_s_flop_counter(number):
    torch = pytest.importorskip("torch")
    from torch.utils.flop_counter import FlopCounterMode

    def padded(n, c, h):
        """Two FLOPs are one multiplication and one addition: half of them are ours."""
        inside, left, top = (torch.nn.Linear(size, h, bias=False) for size in (c, h, h))
        zero = torch.zeros(1, h)
        states = {}
        with FlopCounterMode(display=False) as flops, torch.no_grad():
            for i, j in itertools.product(range(n), range(n)):
                states[i, j] = torch.sigmoid(
                    inside(torch.zeros(1, c))
                    + left(states.get((i - 1, j), zero))
                    + top(states.get((i, j - 1), zero))
                )
        return flops.get_total_flops() // 2

    agree(
        same_number(
            "torch FlopCounterMode",
            lambda **v: number("recurrence.multiplies.padded", **v),
            padded,
            SIZES,
        )
    )

    def convolved(n, k, c, h):
        layer = torch.nn.Conv2d(c, h, k, padding="same", bias=False)
        with FlopCounterMode(display=False) as flops, torch.no_grad():
            layer(torch.zeros(1, c, n, n))
        return flops.get_total_flops() // 2

    cases = [{"n": n, "k": 3, "c": c, "h": h} for n, c, h in ((4, 3, 5), (8, 1, 2))]
    agree(
        same_number(
            "torch FlopCounterMode", lambda **v: number("convnet.multiplies", **v), convolved, cases
        )
    )


def test_reach_by_torch_s_gradients(number):
    """A unit's input matters exactly where the gradient of its state does not vanish."""
    torch = pytest.importorskip("torch")

    def reached(i, j):
        side = max(i, j) + 1
        pixels = torch.ones(side, side, requires_grad=True)
        states = {}
        for a, b in itertools.product(range(side), range(side)):
            before = states.get((a - 1, b), 0) + states.get((a, b - 1), 0)
            states[a, b] = torch.sigmoid(pixels[a, b] + 0.3 * before)
        states[i - 1, j - 1].backward()
        return int((pixels.grad != 0).sum())

    cases = [{"i": i, "j": j} for i, j in ((1, 1), (2, 3), (4, 4))]
    agree(
        same_number("torch autograd", lambda **v: number("recurrence.reach", **v), reached, cases)
    )


def test_depth_is_the_longest_chain_and_waves_cover_the_grid(number):
    for n in range(1, 9):
        waves = [number("recurrence.wavefront", n=n, s=s) for s in range(1, 2 * n)]
        assert sum(waves) == n**2
        assert (
            number("recurrence.depth", n=n)
            == longest_chain(costs.recurrence, {"n": n})
            == len(waves)
        )


def test_the_concrete_case_of_the_report(number):
    small = {"n": 32, "c": 3, "h": 64, "k": 3}
    assert number("recurrence.parameters", **small) == 8384
    assert number("convnet.parameters", **small) == 1728
    assert number("recurrence.multiplies.padded", **small) == 32**2 * 8384
    assert number("convnet.layers_to_see_all", **small) == 16
    assert number("convnet.layers_corner_to_corner", **small) == 31


def test_another_recurrence_is_counted_as_well():
    """A third neighbour, on the diagonal, changes the border but not the method."""
    c, h, n = costs.c, costs.h, costs.n
    diagonal = Recurrence(
        "diagonal",
        costs.grid,
        (*costs.recurrence.terms, MatrixTerm(Tensor("W_both", (h, h)), offset=(-1, -1))),
    )
    total = sum(part.size for part in diagonal.multiplies(padded=False))
    for values in ((1, 1, 1), (3, 2, 2), (4, 1, 3)):
        case = dict(zip((n, c, h), values, strict=True))
        assert run(diagonal, case, padded=False).multiplies == total.subs(case)
