"""A store that begins: presets of categories, the first commit, the sample with its weeks."""
