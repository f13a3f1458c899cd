"""Sources -> Articles: files, folders, JSON Lines, standard input."""
