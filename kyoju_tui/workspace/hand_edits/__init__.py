"""Files that were written past this program: found, told, recorded or put back."""
