"""The codes of the linter. A code is never used for another fault."""

from __future__ import annotations

# Each is explained in docs/lint/CODES.md.
CODES = {
    "SEAT001": "an exception without a reason, or from a code that does not exist",
    "SEAT010": "a picture without alt text",
    "SEAT011": "a cell that draws, without alt text",
    "SEAT012": "an alt text that says nothing",
    "SEAT020": "a heading that skips a level",
    "SEAT021": "a page without one title",
    "SEAT030": "a link text that says nothing",
    "SEAT031": "a bare address",
    "SEAT032": "a link to what is not there",
    "SEAT040": "a term that the glossary lacks",
    "SEAT041": "a metric that the glossary lacks",
    "SEAT042": "a metric used before it is linked",
    "SEAT043": "a glossary entry that lacks a part",
    "SEAT044": "a glossary entry that nothing links to",
    "SEAT050": "a figure without a source",
    "SEAT060": "a dated fact that is overdue",
    "SEAT061": "a dated fact that is not on the list",
    "SEAT062": "a list of dated facts that cannot be read",
    "SEAT070": "front matter, or a list of rows, that cannot be read",
    "SEAT071": "an objective without a question",
    "SEAT072": "a question without an objective",
    "SEAT073": "a row of the brief that is nowhere",
    "SEAT074": "a row of the brief that is both taught and planned",
    "SEAT075": "a row that the brief does not have",
    "SEAT076": "a list of planned rows that has grown",
    "SEAT077": "sections in the front matter that are not those of the page",
    "SEAT078": "a notebook or an assignment that is not there",
    "SEAT080": "a question without two misconceptions",
    "SEAT081": "a stated total that is not the sum",
    "SEAT082": "an assignment that takes longer than promised",
    "SEAT083": "a chapter that does not fit into a session",
    "SEAT090": "a misspelt word",
    "SEAT099": "a part that is still to be written",
}
WARNINGS = {"SEAT060"}
