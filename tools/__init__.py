"""What make runs besides the program itself."""
