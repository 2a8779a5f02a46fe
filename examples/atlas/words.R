# Text, dates and sorting.

try_sort_text <- function(words) sort(words)

try_sort_text_equal <- function(words) words[order(tolower(words))]

try_order <- function(x) order(x)

try_order_decreasing <- function(x) order(x, decreasing = TRUE)

try_unique <- function(x) unique(x)

try_factor <- function(words) as.integer(factor(words))

try_which_max <- function(x) which.max(x)

try_which <- function(x) which(x > 2)

try_match <- function(words, table) match(words, table)

try_duplicated <- function(x) duplicated(x)

try_sort_missing <- function(x) sort(x)

try_mean_missing <- function(x) mean(x)

try_sum_missing <- function(x) sum(x)

try_nchar <- function(words) nchar(words)

try_substring <- function(words) substr(words, 1, 3)

try_upper <- function(words) toupper(words)

try_paste_number <- function(x) as.character(x)

try_format <- function(x) sprintf("%.2f", x)

try_split <- function(text) strsplit(text, " +")[[1]]

try_weekday <- function(day) as.integer(format(as.Date(day), "%u"))

try_week <- function(day) as.integer(format(as.Date(day), "%V"))

try_date_number <- function(day) as.integer(as.Date(day))

try_epoch <- function(stamp) {
  as.numeric(as.POSIXct(stamp, tz = "Europe/Paris"))
}

try_add_month <- function(day) {
  format(seq(as.Date(day), by = "month", length.out = 2)[2])
}

try_days_between <- function(day, other) {
  as.integer(as.Date(other) - as.Date(day))
}
