"""The simulated company of the course."""
