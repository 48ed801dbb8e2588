"""A property that does not hold says what failed, whatever it was asked about."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exam_app.core.form.form import Form


@pytest.mark.parametrize("told", ["of a whole form", "of much else"])
def test_a_property_that_fails_says_what_failed(told: str, form: Form) -> None:
    @settings(database=None, max_examples=5)
    @given(number=st.integers())
    def never_holds(about: object, number: int) -> None:
        raise AssertionError("this is what failed")

    about = form if told == "of a whole form" else "x" * 100_000
    with pytest.raises(AssertionError, match="this is what failed"):
        never_holds(about)


def test_a_form_names_itself_in_a_line(form: Form) -> None:
    assert repr(form) == f"Form({form.id} {form.version}, {form.hash[:8]})"
