"""Stop reading a file that is too large, however large it says it is."""

from typing import Any

from django.core.files.uploadhandler import TemporaryFileUploadHandler

from kapok.files.kinds import LARGEST


class CappedUploadHandler(TemporaryFileUploadHandler):
    """Writes what arrives to a temporary file, up to one byte past the limit; the rest is read and dropped."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.written = 0
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        room = LARGEST + 1 - self.written
        if room > 0:
            self.file.write(raw_data[:room])
            self.written += min(room, len(raw_data))
        return None

    def file_complete(self, file_size: int) -> Any:
        return super().file_complete(min(file_size, LARGEST + 1))


def is_cut(sent: Any) -> bool:
    """Was this file larger than what is taken?"""
    return bool((sent.size or 0) > LARGEST)
