"""The finished PDF read back and compared with the ledger: what is printed is what was proved.

commands.py    the drawing commands of a content stream
marks.py       what stands on a page: glyphs, rules and shapes
pages.py       glyphs, rules, filled shapes and links of a page, in the order they were drawn
fonts.py       what the codes of a font mean, and how wide they are
document.py    the PDF: its pages, its facts, its bookmarks, its attachment
identity.py    what decides the marks on a page, as one digest
kept.py        what was read before, found again while all that decides it is as it was
views.py       what is seen where a fact is printed, kept from build to build
readings.py    two ways to the same line of signs: from a formula's LaTeX, and from its ink
meaning.py     the value of such a line, to hold against the closed form
expected.py    what the ledger says at a fact's place
compare.py     ink against ledger, fact by fact: what was found, and every difference
step.py        the step that reads, and publishes the report only when nothing differs
"""
