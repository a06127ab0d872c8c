"""One change of the tables each, in order."""
