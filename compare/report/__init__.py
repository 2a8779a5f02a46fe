"""A verification as terminal, Markdown, JUnit, tables and page."""
