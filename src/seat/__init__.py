"""A Seat at the Table: the company, the checks, the grading and the book."""

__version__ = "0.1.0"
