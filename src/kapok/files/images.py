"""Images are drawn anew before they are kept: what hides behind the pixels, such as where one was taken, is gone."""

import io
import warnings
from typing import IO

from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from kapok.core.rules import Refused

# More pixels than this are refused before they are unpacked; longer sides are made shorter.
MOST_PIXELS = 50_000_000
LONGEST = 4_000
FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG"}


def redrawn(file: IO[bytes], kind: str) -> ContentFile:  # type: ignore[type-arg]  # generic for the checker alone
    """The same picture, upright, in its own format, without anything else that was in the file."""
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return ContentFile(drawn(file, FORMATS[kind]))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Refused(_("This image is damaged and cannot be opened. Save it again and send it.")) from None


def drawn(file: IO[bytes], form: str) -> bytes:
    """The bytes of the new picture."""
    with Image.open(file, formats=[form]) as image:
        if image.width * image.height > MOST_PIXELS:
            raise Refused(_("This image has more than 50 million pixels. Make it smaller and send it."))
        image.draft("RGB", (LONGEST, LONGEST))
        upright = ImageOps.exif_transpose(image)
    upright.thumbnail((LONGEST, LONGEST))
    if form == "JPEG" and upright.mode not in {"RGB", "L"}:
        upright = upright.convert("RGB")
    held = io.BytesIO()
    colours = upright.info.get("icc_profile")
    upright.info.clear()
    upright.save(held, form, quality=85, optimize=True, icc_profile=colours)
    return held.getvalue()
