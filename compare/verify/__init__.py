"""Run the cases and judge the results."""
