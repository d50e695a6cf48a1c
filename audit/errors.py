"""What can go wrong with the log, as one tree.

AuditError
├── RecordRefused       a record that can't be canonical JSON, or is too long
├── LedgerUnavailable   the record could not be made durable in time: the call may not pass
├── StoreFault
│   ├── StoreUnavailable    the database is away, locked, read-only or full; trying again later may help
│   └── StoreUnreadable     there is no such store, or it is no store of ours
├── LogDamaged          what is stored contradicts what was signed: nothing more is signed
├── NotSequenced        the record is durable but has no index yet
├── NotFound            no such record or key
├── KeyGone             a key of the vault was deleted by somebody else: take another one
├── KeysUnavailable     the API keys have not been read for too long: nobody can be let in
├── BadNote             a signed note that can't be parsed, is signed by somebody else or is not signed at all
├── BadProof            a proof that does not lead to the root
└── KeyFileFault        a signing key's file is missing, malformed, open to others or already there

Messages name ids, indexes and causes; never the content of a record and never a secret.
"""


class AuditError(Exception):
    """The root."""


class RecordRefused(AuditError):
    """The record can't be written as it is; sending it again unchanged can't help."""


class LedgerUnavailable(AuditError):
    """The record is not known to be durable. It may still appear in the log if the store failed while committing."""


class StoreFault(AuditError):
    """The database did not do its part."""


class StoreUnavailable(StoreFault):
    """The database is away, locked, read-only or full."""


class StoreUnreadable(StoreFault):
    """There is nothing to read at this address, or it has not the tables of a log."""


class LogDamaged(AuditError):
    """Stored hashes contradict a checkpoint that was signed, or are missing."""


class NotSequenced(AuditError):
    """The record has no index yet; the next checkpoint will cover it."""


class NotFound(AuditError):
    """There is no such record or key."""


class KeyGone(AuditError):
    """The vault has no such key any more, or can't let go of one that is in use."""


class KeysUnavailable(AuditError):
    """The API keys could not be read, or not lately enough to trust what was read."""


class BadNote(AuditError):
    """Not a signed note, or not one by the key that was asked for."""


class BadProof(AuditError):
    """The proof does not lead from the leaf to the root."""


class KeyFileFault(AuditError):
    """The signing key's file can't be used."""
