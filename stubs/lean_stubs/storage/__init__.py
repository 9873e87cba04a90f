"""LEAN's key-value store, kept in a folder."""

from lean_stubs.storage.object_store import ObjectStore

__all__ = ["ObjectStore"]
