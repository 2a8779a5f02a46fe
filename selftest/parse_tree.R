# Write the parse tree of an R file as a table: what selftest makes its faults from.
file <- commandArgs(trailingOnly = TRUE)[1]
tree <- utils::getParseData(parse(file, keep.source = TRUE))
columns <- c("id", "parent", "token", "line1", "col1", "line2", "col2", "text")
write.table(tree[columns], sep = "\t", row.names = FALSE, qmethod = "double")
