"""Question 2: what a two-dimensional recurrence over an image costs, beside a convolution.

Letters: the image and the hidden units form an n x n grid; c channels; h numbers in a hidden
state; k x k the convolution's kernel; L layers. Units (i, j) count from 1.
"""

from proofpress import (
    At,
    Bound,
    Count,
    Eq,
    IntegerSet,
    Iteration,
    Least,
    MatrixTerm,
    Named,
    Recurrence,
    Tensor,
    Total,
    Zero,
    ancestors,
    integers,
    longest_chain,
)
from proofpress.terms.tree import Condition, Term

n, c, h, k, L, i, j, a, b, s, v = integers("n c h k L i j a b s v")

EXAMPLES = {"image": {"n": 32, "c": 3, "h": 64, "k": 3, "L": 4, "i": 5, "j": 7, "s": 40}}

sizes = (n >= 1) & (c >= 1) & (h >= 1)

grid = IntegerSet(
    "grid",
    (i, j),
    (i >= 1) & (i <= n) & (j >= 1) & (j <= n),
    assuming=n >= 1,
)

# h(i,j) = sigma(W_in x(i,j) + W_left h(i-1,j) + W_top h(i,j-1)), the weights shared by all units.

recurrence = Recurrence(
    "recurrence",
    grid,
    (
        MatrixTerm(Tensor("W_in", (h, c))),
        MatrixTerm(Tensor("W_left", (h, h)), offset=(-1, 0)),
        MatrixTerm(Tensor("W_top", (h, h)), offset=(0, -1)),
    ),
)

# A convolution of stride 1 that keeps the image's size: every unit sees k x k inputs of c channels,
# with zeros beyond the border.

convolution = Recurrence("convolution", grid, (MatrixTerm(Tensor("W", (h, k * k * c))),))

kernels = sizes & (k >= 1)


def operations(
    of: Recurrence,
    topic: str,
    words: str,
    letters: tuple[Term, ...],
    assuming: Condition,
    padded: bool | None = True,
) -> tuple[Total, ...]:
    """Return the claims on multiplications, additions and both, counted again by a real run."""
    ending = {None: "", True: ".padded", False: ".border"}[padded]
    multiplies, adds = of.multiplies(padded is not False), of.adds(padded is not False)
    claims = []
    for kind, parts, what in (
        ("multiplies", multiplies, "scalar multiplications"),
        ("adds", adds, "scalar additions"),
        ("operations", (*multiplies, *adds), "scalar operations"),
    ):
        claims.append(
            Total(
                f"{topic}.{kind}{ending}",
                f"{words}: {what}",
                parts,
                letters,
                assuming,
                ran=(of, kind, padded is not False),
                by_terms=padded is False,
            )
        )
    return tuple(claims)


padded = operations(recurrence, "recurrence", "Zero padding", (n, c, h), sizes)
border = operations(
    recurrence, "recurrence", "Border units skip missing neighbours", (n, c, h), sizes, padded=False
)
convolved = operations(convolution, "convnet", "Convolution", (n, k, c, h), kernels, padded=None)

# One unit on each anti-diagonal: the one with no unit of the same i + j above it.
wavefronts = IntegerSet(
    "wavefronts",
    (i, j),
    grid.written & ~((i - 1 >= 1) & (j + 1 <= n)),
    assuming=n >= 1,
)
wavefront = IntegerSet(
    "wavefront",
    (i, j),
    grid.written & Eq(i + j - 1, s),
    assuming=(s >= 1) & (s <= 2 * n - 1),
    parameters=(s, n),
)
upper_left = IntegerSet(
    "upper left",
    (a, b),
    (a >= 1) & (a <= i) & (b >= 1) & (b <= j),
    assuming=(i >= 1) & (j >= 1),
    parameters=(i, j),
)
one_step = IntegerSet("one step", (v,), (v >= 1) & (v <= 1))
window = IntegerSet("window", (a, b), (a >= 1) & (a <= s) & (b >= 1) & (b <= s), assuming=s >= 1)


def receptive_field(kernel: int, layers: int) -> int:
    """Return how many positions along one side reach a unit, layer after layer."""
    reached = {0}
    for _ in range(layers):
        reached = {position + step for position in reached for step in range(kernel)}
    return len(reached)


width = Iteration(
    "convnet.reach.width",
    "Width of the receptive field after several layers",
    letter=L,
    first=1,
    step=k - 1,
    letters=(k, L),
    assuming=(k >= 1) & (L >= 0),
    also={"sums of offsets": lambda k, L: receptive_field(k, L)},
)

total = padded[2].closed_form

# What the number of operations is compared with.
scale = n**2 * h * (c + h)

CLAIMS = (
    Total(
        "recurrence.parameters",
        "Trainable parameters of the two-dimensional recurrence",
        recurrence.tensors,
        (c, h),
        (c >= 1) & (h >= 1),
    ),
    *padded,
    *border,
    Bound(
        "recurrence.bounds.lower",
        "Lower bound of the operations, zero padding",
        scale,
        total,
        (n, c, h),
        sizes,
        related={"scale": Named(scale)},
    ),
    Bound(
        "recurrence.bounds.upper",
        "Upper bound of the operations, zero padding",
        total,
        4 * scale,
        (n, c, h),
        sizes,
    ),
    Bound(
        "recurrence.bounds.border.lower",
        "Lower bound of the operations, border units skip missing neighbours",
        scale,
        border[2].closed_form,
        (n, c, h),
        (n >= 2) & (c >= 1) & (h >= 1),
    ),
    Bound(
        "recurrence.bounds.border.upper",
        "Upper bound of the operations, border units skip missing neighbours",
        border[2].closed_form,
        total,
        (n, c, h),
        sizes,
    ),
    Total(
        "recurrence.activations",
        "Evaluations of sigma, counted apart",
        recurrence.activations(),
        (n, h),
        (n >= 1) & (h >= 1),
        ran=(recurrence, "activations", True),
    ),
    Total(
        "recurrence.memory",
        "Hidden activations kept for training the recurrence",
        recurrence.activations(),
        (n, h),
        (n >= 1) & (h >= 1),
    ),
    Count(
        "recurrence.depth",
        "Sequential steps: anti-diagonal wavefronts of the grid",
        wavefronts,
        also={"longest dependency chain": lambda n: longest_chain(recurrence, {"n": n})},
    ),
    Count(
        "recurrence.wavefront",
        "Units that one wavefront holds",
        wavefront,
    ),
    Count(
        "recurrence.reach",
        "Units that influence a unit within one layer",
        upper_left,
        also={"reachability": lambda i, j: len(ancestors(recurrence, (i, j), {"n": max(i, j)}))},
    ),
    Total(
        "convnet.parameters",
        "Parameters of one convolution layer, without biases",
        convolution.tensors,
        (k, c, h),
        (k >= 1) & (c >= 1) & (h >= 1),
    ),
    *convolved,
    Total(
        "convnet.activations",
        "Evaluations of sigma of one convolution layer",
        convolution.activations(),
        (n, h),
        (n >= 1) & (h >= 1),
        ran=(convolution, "activations", True),
    ),
    Total(
        "convnet.memory",
        "Activations of one convolution layer kept for training",
        convolution.activations(),
        (n, h),
        (n >= 1) & (h >= 1),
    ),
    Count(
        "convnet.depth",
        "Sequential steps of one convolution layer",
        one_step,
        also={"longest dependency chain": lambda: longest_chain(convolution, {"n": 4})},
    ),
    width,
    Count(
        "convnet.reach",
        "Inputs that influence a unit after several convolution layers",
        window,
        put={s: width.closed_form},
        letters=(k, L),
        assuming=(k >= 1) & (L >= 1),
        related={"layer": At({L: 1})},
    ),
    Least(
        "convnet.layers_to_see_all",
        "Layers until the receptive field is as wide as the image",
        by=L,
        quantity=width.closed_form,
        reaches=n,
        letters=(n, k),
        assuming=(n >= 1) & (k >= 2),
    ),
    Least(
        "convnet.layers_corner_to_corner",
        "Layers until every unit sees the whole image, odd kernel",
        by=L,
        quantity=L * (k - 1) / 2,
        reaches=n - 1,
        letters=(n, k),
        assuming=(n >= 1) & (k >= 3),
    ),
    Total(
        "convnet.parameters.excess",
        "Parameters of a convolution beyond those of the recurrence",
        (*convolution.tensors, *(tensor.times(-1) for tensor in recurrence.tensors)),
        (k, c, h),
        (k >= 1) & (c >= 1) & (h >= 1),
        related={
            "breakeven": Zero(h, c * (k**2 - 1) / 2),
            "inner": At({c: h}),  # between two hidden layers, c = h
        },
    ),
)
