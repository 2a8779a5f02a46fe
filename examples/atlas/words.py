"""Text, dates and sorting."""

from datetime import UTC, date, datetime

import numpy as np
import pandas as pd


def try_sort_text(words):
    return sorted(words)


def try_sort_text_equal(words):
    return sorted(words, key=str.lower)


def try_order(x):
    return np.argsort(x)


def try_order_equal(x):
    return np.argsort(x, kind="stable") + 1


def try_order_decreasing(x):
    return np.argsort(x)[::-1] + 1


def try_order_decreasing_equal(x):
    return np.argsort(-x, kind="stable") + 1


def try_unique(x):
    return np.unique(x)


def try_unique_equal(x):
    return pd.unique(x)


def try_factor(words):
    return pd.factorize(np.array(words, object))[0] + 1


def try_factor_equal(words):
    return pd.factorize(np.array(words, object), sort=True)[0] + 1


def try_which_max(x):
    return int(np.argmax(x))


def try_which_max_equal(x):
    return int(np.argmax(x)) + 1


def try_which(x):
    return np.flatnonzero(x > 2)


def try_which_equal(x):
    return np.flatnonzero(x > 2) + 1


def try_match(words, table):
    return [table.index(word) for word in words]


def try_match_equal(words, table):
    return [table.index(word) + 1 for word in words]


def try_duplicated(x):
    return pd.Series(x).duplicated()


def try_sort_missing(x):
    return np.sort(x)


def try_sort_missing_equal(x):
    return np.sort(x[~np.isnan(x)])


def try_mean_missing(x):
    return pd.Series(x).mean()


def try_mean_missing_equal(x):
    return float(np.mean(x))


def try_sum_missing(x):
    return np.sum(x)


def try_nchar(words):
    return [len(word.encode()) for word in words]


def try_nchar_equal(words):
    return [len(word) for word in words]


def try_substring(words):
    return [word[1:3] for word in words]


def try_substring_equal(words):
    return [word[0:3] for word in words]


def try_upper(words):
    return [word.upper() for word in words]


def try_paste_number(x):
    return [str(value) for value in x.tolist()]


def try_paste_number_equal(x):
    return [f"{value:.15g}" for value in x]


def try_format(x):
    return [f"{value:.2f}" for value in x]


def try_split(text):
    return text.split(" ")


def try_split_equal(text):
    return text.split()


def try_weekday(day):
    d = date.fromisoformat(day)
    return d.weekday()


def try_weekday_equal(day):
    d = date.fromisoformat(day)
    return d.isoweekday()


def try_week(day):
    d = date.fromisoformat(day)
    return int(d.strftime("%W"))


def try_week_equal(day):
    d = date.fromisoformat(day)
    return d.isocalendar().week


def try_date_number(day):
    d = date.fromisoformat(day)
    return d.toordinal()


def try_date_number_equal(day):
    d = date.fromisoformat(day)
    return (d - date(1970, 1, 1)).days


def try_epoch(stamp):
    t = datetime.fromisoformat(stamp)
    return t.replace(tzinfo=UTC).timestamp()


def try_add_month(day):
    return str((pd.Timestamp(day) + pd.DateOffset(months=1)).date())


def try_days_between(day, other):
    return (date.fromisoformat(other) - date.fromisoformat(day)).days
