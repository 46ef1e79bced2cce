"""Table of question 3: what the notebook measured, beside the published reference."""

from pylatex.base_classes import LatexObject

from proofpress.documents.facts import Facts
from proofpress.documents.latex import Latex
from proofpress.documents.printed import given
from proofpress.documents.tables import rows

# The reference that the assignment's own notebook reports for bert-base-uncased and all of IMDB.
PUBLISHED = {
    "sentiment.size.train": given("17,500"),
    "sentiment.size.validation": given("7,500"),
    "sentiment.size.test": given("25,000"),
    "sentiment.vocabulary": given("30,522"),
    "sentiment.test.loss": given("about 0.23"),
    "sentiment.test.accuracy": given(Latex(r"90.6 to 90.9\,\%")),
}

ITEMS = (
    ("1a", "size of the vocabulary", "sentiment.vocabulary"),
    ("1b", "training reviews", "sentiment.size.train"),
    ("1b", "validation reviews", "sentiment.size.validation"),
    ("1b", "test reviews", "sentiment.size.test"),
    ("2b", "trainable parameters", "sentiment.trainable"),
    ("2c", "the same, BERT frozen", "sentiment.trainable.frozen"),
    ("3d", "test loss", "sentiment.test.loss"),
    ("3d", "test accuracy", "sentiment.test.accuracy"),
)


def table(facts: Facts) -> LatexObject:
    """Return one row an item; counts of parameters are claims, all else is a recorded result."""
    body = []
    for item, words, key in ITEMS:
        if key in PUBLISHED:
            found = facts.result(key)
            here: object = Latex(rf"{found}\,\%") if found.unit == "%" else found
            body.append([item, words, here, PUBLISHED[key]])
        else:
            claim = facts.claim(key)
            body.append([item, words, claim.at("packaged"), claim.at("published")])
    return rows("llrr", ["item", "", "this run", "published"], body)
