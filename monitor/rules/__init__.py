"""THINK. Pure functions: no clock, no session, no await. The directory is the pipeline."""
