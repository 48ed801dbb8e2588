"""What a clinic sets for its reports: the letterhead, the paper, and whether the record goes along as data."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, StringConstraints
from pydantic import Field as Key

from exam_app.core.model import Model, Name

PageSize = Literal["A4", "Letter"]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
MOST_LOGO = 1_000_000
"""Bytes that a logo may take."""


class Clinic(Model):
    """A clinic's settings. `logo` is a PNG or JPEG file; `attach_record` is the usual state of the box in the export
    dialog."""

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    name: Name | None = None
    address: Annotated[tuple[Line, ...], Key(max_length=6)] = ()
    logo: Annotated[bytes, Key(max_length=MOST_LOGO)] | None = None
    page_size: PageSize = "A4"
    attach_record: bool = True
