"""Models as bytes: versioned, checked, without code."""

from __future__ import annotations

import hashlib
import io
import json
from typing import Final, get_args

import numpy as np

from regime_framework.models.em import GaussianRegimeHMM
from regime_framework.models.grid import GridRegimeModel
from regime_framework.models.model import RegimeModel, Status
from regime_framework.models.reference import HmmlearnRegimeModel

__all__ = ["dump_model", "load_model"]

_MAGIC: Final = b"regime-model\x01"
_KINDS: Final[dict[str, type[RegimeModel]]] = {c.kind: c for c in (GridRegimeModel, GaussianRegimeHMM, HmmlearnRegimeModel)}


def dump_model(model: RegimeModel) -> bytes:
    """Magic and version, a checksum, a JSON header, then the raw parameters."""
    arrays = model._arrays()
    shapes = {name: list(array.shape) for name, array in arrays.items()}
    header = {"kind": model.kind, "n_states": model.n_states, "status": model.status_, "shapes": shapes}
    body = io.BytesIO()
    text = json.dumps(header).encode()
    body.write(len(text).to_bytes(4, "little") + text)
    for array in arrays.values():
        body.write(np.ascontiguousarray(array, dtype="<f8").tobytes())
    return _MAGIC + hashlib.blake2b(body.getvalue(), digest_size=16).digest() + body.getvalue()


def load_model(data: bytes) -> RegimeModel:
    """Read :func:`dump_model`.

    Raises
    ------
    ValueError
        If the bytes are not a model, are damaged, or are of another version.
    """
    if not data.startswith(_MAGIC):
        raise ValueError("not a regime model, or one of another version")
    check, body = data[len(_MAGIC) : len(_MAGIC) + 16], data[len(_MAGIC) + 16 :]
    if hashlib.blake2b(body, digest_size=16).digest() != check:
        raise ValueError("damaged regime model: checksum differs")
    size = int.from_bytes(body[:4], "little")
    header = json.loads(body[4 : 4 + size])
    kind, status = _KINDS.get(header["kind"]), header["status"]
    if kind is None or status not in get_args(Status):
        raise ValueError(f"unknown kind of regime model {header['kind']!r} or status {status!r}")
    arrays, at = {}, 4 + size
    for name, shape in header["shapes"].items():
        n = int(np.prod(shape))
        arrays[name] = np.frombuffer(body, dtype="<f8", count=n, offset=at).astype(np.float64).reshape(shape)
        at += 8 * n
    if at != len(body):
        raise ValueError("damaged regime model: wrong length")
    return kind(header["n_states"])._restore(arrays, status)
