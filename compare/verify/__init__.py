"""Run the cases and judge what comes out."""
