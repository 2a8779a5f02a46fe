library(testthat)
library(nnmirror)

test_check("nnmirror")
