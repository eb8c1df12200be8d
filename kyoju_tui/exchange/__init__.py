"""What crosses the border of the store: the matrix as files for other programs and for paper."""
