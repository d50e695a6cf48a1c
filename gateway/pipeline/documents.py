"""Have the documents of a request read, so that what they say is screened with the rest."""

import asyncio
from dataclasses import dataclass, replace

from gateway.dialects.files.document_text import slots_of
from gateway.dialects.message import Request
from gateway.dialects.slot import Content, Document, Slot, Unwalked
from gateway.pipeline.ports import DocumentReader

MAX_DOCUMENTS = 16
"""Most documents of one call that are read; more of them are not, and count as unread."""


@dataclass(frozen=True, slots=True)
class Documents:
    """Adds what documents say to what a walker found."""

    reader: DocumentReader

    async def read(self, request: Request, tenant: str = "") -> Request:
        """Give a tenant's request with the texts of its documents; what of them could not be read stays unscanned."""
        unwalked = request.content.unwalked
        parts = [(part, part.document) for part in unwalked if isinstance(part.document, Document)][:MAX_DOCUMENTS]
        if not parts:
            return request
        slots: list[Slot] = list(request.content.slots)
        known = {part.id for part, _ in parts}
        left = [part for part in unwalked if part.id not in known]
        read = await asyncio.gather(*(self.reader.read(document.data, tenant) for _, document in parts))
        for (part, document), found in zip(parts, read, strict=True):
            slots += slots_of(part, document, found.texts)
            left += [Unwalked(f"{part.id}n{number}", part.place, why) for number, why in enumerate(found.unread)]
        return replace(request, content=Content(tuple(slots), tuple(left)))
