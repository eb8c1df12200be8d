"""The program over a real sshd on 127.0.0.1: what staff see when a line drops, and two of them at once."""
