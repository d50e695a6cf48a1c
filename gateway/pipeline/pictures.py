"""Have the text in the pictures of a request read, and blackened where something in it must be replaced."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace

from gateway.dialects.files.picture_text import Blackened, PictureText, slot_of
from gateway.dialects.message import Request
from gateway.dialects.slot import Content, Picture, Slot, Unwalked
from gateway.errors import PolicyBlocked
from gateway.pipeline.ports import PictureReader

MAX_PICTURES = 8
"""Most pictures of one call that are read; more of them are not, and count as unseen."""


@dataclass(frozen=True, slots=True)
class Pictures:
    """Adds what pictures say to what a walker found, and blackens them."""

    reader: PictureReader

    async def read(self, request: Request, tenant: str = "") -> Request:
        """Give a tenant's request with the texts in its pictures. All pictures stay unscanned, read ones for less."""
        found = {part.id: part.document for part in request.content.unwalked if isinstance(part.document, Picture)}
        ids = list(found)[:MAX_PICTURES]
        if not ids:
            return request
        read = await asyncio.gather(*(self.reader.read(found[one].data, tenant) for one in ids))
        texts = dict(zip(ids, read, strict=True))
        slots: list[Slot] = list(request.content.slots)
        parts: list[Unwalked] = []
        for part in request.content.unwalked:
            text = texts.get(part.id)
            parts.append(part if text is None else replace(part, reason=text.unread))
            if text is not None and text.lines:
                slots.append(slot_of(part, found[part.id], text.lines, text.boxes))
        return replace(request, content=Content(tuple(slots), tuple(parts)))

    async def blacken(self, request: Request, replacements: Mapping[str, str], tenant: str = "") -> Request:
        """Give the request with its pictures ready to be written: lines that these new texts change are black.

        Raises:
            PolicyBlocked: A picture could not be written anew.
        """
        texts = request.content.slots if request.content.unwalked else ()  # where there are pictures
        changed = [slot for slot in texts if isinstance(slot.file, PictureText) and slot.id in replacements]
        if not changed:
            return request
        ready = await asyncio.gather(*(self._blackened(slot, replacements[slot.id], tenant) for slot in changed))
        by_id = {slot.id: slot for slot in ready}
        content = replace(request.content, slots=tuple(by_id.get(slot.id, slot) for slot in request.content.slots))
        return replace(request, content=content)

    async def _blackened(self, slot: Slot, text: str, tenant: str) -> Slot:
        if not isinstance(slot.file, PictureText):
            return slot
        picture = slot.file.picture
        boxes = slot.file.changed(text)
        data = await self.reader.black_out(picture.data, boxes, tenant) if boxes else None
        if data is None:
            message = "Personal data was found in a picture that could not be written anew without it."
            raise PolicyBlocked(message, code="pseudonyms.unmaskable")
        return slot._replace(file=Blackened(picture.holding(data)))
