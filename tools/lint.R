linters <- lintr::linters_with_defaults(
  line_length_linter = lintr::line_length_linter(100),
  # X and Wts are the sources' own names
  object_name_linter = NULL,
  # R CMD check does this, and knows the package's namespace
  object_usage_linter = NULL
)
found <- c(
  lintr::lint_package("r_impl", linters = linters),
  lintr::lint_dir("compare/run", linters = linters),
  lintr::lint_dir("examples", linters = linters)
)
print(found)
quit(status = as.integer(length(found) > 0))
