"""One answer -> RawItems, a file per kind of source. Pure: no network, no clock, no database."""
