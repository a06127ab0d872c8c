"""The wire: one request at a time, with manners, to public addresses only. Knows no format."""
