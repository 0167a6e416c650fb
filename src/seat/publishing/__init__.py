"""From the sources to what people read: derivation and the book."""
