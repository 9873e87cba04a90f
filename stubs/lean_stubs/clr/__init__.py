"""The border between Python and what is .NET in LEAN."""

from lean_stubs.clr.arrays import ClrArray, array_of
from lean_stubs.clr.border import ClrMeta, ClrObject, ClrProperty, is_lean_class, is_lean_module
from lean_stubs.clr.enums import ClrEnum, to_enum, value
from lean_stubs.clr.exceptions import NotOffered
from lean_stubs.clr.pairs import KeyValuePair, pair_type
from lean_stubs.clr.slot_dict import SlotDict

__all__ = [
    "ClrArray",
    "ClrEnum",
    "ClrMeta",
    "ClrObject",
    "ClrProperty",
    "KeyValuePair",
    "NotOffered",
    "SlotDict",
    "array_of",
    "is_lean_class",
    "is_lean_module",
    "pair_type",
    "to_enum",
    "value",
]
