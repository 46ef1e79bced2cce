"""From a LaTeX document to a PDF.

engine.py    which pdfLaTeX, and the closed room in which it works
doctor.py    what that engine lacks for a document, and how to get it
scratch.py   the folder of one run: inputs copied in, leftovers of killed runs swept out
formats.py   the preamble, dumped once and reused while what it read stands
run.py       one run of TeX, within limits of time and memory
mentioned.py the author's pictures, texts and lists that the document names
vectors.py   an SVG as PDF, or what of it would be lost
passes.py    a run over the document or one of its chapters, in a folder of its own
state.py     auxiliary files, kept between passes and between builds
chapters.py  chapters as they were set last, found again while what made them stands
joined.py    the PDFs of the chapters, joined to one
literature.py what is cited, looked up in .bib files, as LaTeX
references.py the list of references in the room, made anew when what is cited changes
compile.py   passes until nothing changes, then the finished PDF put in its place
log.py       TeX's log, read as a list of problems
sources.py   the files of a run, searched for what a complaint leaves out
meaning.py   what TeX's common errors mean, and how to mend them
missing.py   what it means that TeX lacks a file, or cannot take it in
step.py      the step of the build that prints the report
"""
