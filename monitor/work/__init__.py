"""DO. One file per act; `app` is the first argument; a transaction begins here and nowhere else."""
