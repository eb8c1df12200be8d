"""Changes of many records that are one save: moves, merges, renamings, reorganisations."""
