"""One paper at a time, each with a decision, and at the end what was decided."""
