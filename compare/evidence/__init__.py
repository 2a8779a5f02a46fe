"""What was measured or proved once: hashed, stored, read again."""
