"""Rules that the course's texts keep, each with a numbered code."""
