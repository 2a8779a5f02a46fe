import os
import subprocess
import sys

from compare.run.captured import MOST_KEPT, Printed, printing


def test_everything_that_writes_is_kept_and_both_streams_come_back() -> None:
    before = [os.fstat(descriptor) for descriptor in (1, 2)]
    with printing() as printed:
        os.write(1, b"one\n")
        os.write(2, b"two\n")
        subprocess.run([sys.executable, "-c", "print('three')"], check=True)
    assert printed.text == "one\ntwo\nthree\n"
    assert [os.fstat(descriptor) for descriptor in (1, 2)] == before


def test_an_error_meanwhile_gives_the_streams_back_too() -> None:
    before = os.fstat(1)
    try:
        with printing():
            raise KeyError
    except KeyError:
        assert os.fstat(1) == before


def test_of_very_much_the_beginning_is_kept_and_the_rest_is_counted() -> None:
    printed = Printed()
    printed.add(b"a" * MOST_KEPT)
    assert printed.text == "a" * MOST_KEPT
    printed.add(b"b" * 1234)
    assert printed.text == "a" * MOST_KEPT + "\n... and 1,234 bytes more"


def test_a_flood_does_not_fill_the_pipe() -> None:
    with printing() as printed:
        for _ in range(100):
            os.write(1, b"x" * 10_000)
    assert printed.size == 1_000_000


def test_bytes_that_are_no_text_are_shown_as_such() -> None:
    printed = Printed()
    printed.add(b"a\xff")
    assert printed.text == "a\ufffd"
