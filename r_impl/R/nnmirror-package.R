#' Tiny neural networks, mirrored line for line in Python
#'
#' Every function has a twin in Python with the same name (`two_layer_train()`
#' is `two_layer.train`), the same arguments, the same steps in the same order
#' and the same results.
#'
#' @keywords internal
"_PACKAGE"
