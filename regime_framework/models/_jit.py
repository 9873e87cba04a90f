"""The one place that knows numba: how kernels are compiled, and lanes, numbers of four rows side by side in a register."""

from __future__ import annotations

import functools
import inspect
import operator
from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar, cast

import numba
from llvmlite import ir
from numba import types
from numba.extending import intrinsic, lower_builtin, models, register_model, type_callable

__all__ = [
    "LANES",
    "Lanes",
    "apart",
    "by_row",
    "compact",
    "exponent",
    "fill",
    "from_left",
    "from_right",
    "kernel",
    "larger",
    "load",
    "load_spread",
    "load_square",
    "most",
    "outer",
    "power_of_two",
    "row_totals",
    "split_exponent",
    "split_fraction",
    "store",
    "total",
    "unit_scale",
    "where_positive",
]

_F = TypeVar("_F", bound=Callable[..., Any])


def kernel(function: _F) -> _F:
    """Compile a function of arrays that runs without the GIL, cached where possible.

    Strict floating point: no sum is reordered, so the bits are the same on every machine. Division by zero gives an
    infinity, as numpy's does: a test before each division would keep loops from being vectorised.
    """
    return _compile(function, nogil=True, error_model="numpy")


def _compile(function: _F, **options: Any) -> _F:
    try:
        return cast(_F, numba.njit(cache=True, **options)(function))
    except RuntimeError:
        # Containers may offer no directory that can be written; numba then refuses to cache at all.
        return cast(_F, numba.njit(cache=False, **options)(function))


def _attributes(*names: str) -> Any:
    def definition(_: Any) -> Any:
        def code(context: Any, builder: Any, signature: Any, values: Any) -> Any:
            for name in names:
                builder.function.attributes.add(name)
            return context.get_dummy_value()

        return types.void(), code

    return intrinsic(definition)


# The first line of a kernel that others call, to halve the time of compilation. apart(): it is not compiled again inside its
# callers. compact(): nor are its loops unrolled or vectorised, for it is not where time goes.
apart = _attributes("noinline")
compact = _attributes("noinline", "optsize")

# A value of type Lanes holds n numbers for each of four rows: one, one a state, or one a pair of states. Arithmetic on it is
# written as on plain numbers and is that of each row alone, so a row's bits do not depend on the others. LLVM cannot be relied
# on to find this in loops over four rows, so the instructions are given to it; a machine without such registers gets them in
# pairs or one by one, with the same results.
LANES = 4
Lanes: TypeAlias = Any

_NUMBER, _BITS = ir.DoubleType(), ir.IntType(64)
_FOUR, _FOUR_BITS = ir.VectorType(_NUMBER, LANES), ir.VectorType(_BITS, LANES)
_Parts: TypeAlias = list[Any]


class _LanesType(types.Type):  # type: ignore[misc]
    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(name=f"Lanes({count})")


@register_model(_LanesType)
class _LanesModel(models.PrimitiveModel):  # type: ignore[misc]
    def __init__(self, manager: Any, lanes: _LanesType) -> None:
        super().__init__(manager, lanes, ir.ArrayType(_FOUR, lanes.count))


def _bits(value: int) -> Any:
    return ir.Constant(_FOUR_BITS, [value] * LANES)


def _count(kind: Any) -> int:
    """Numbers a row in lanes, in a tuple that stands for the states, or in a plain number."""
    return int(kind.count) if isinstance(kind, _LanesType | types.UniTuple) else 1


def _parts(context: Any, builder: Any, kind: Any, value: Any) -> _Parts:
    if isinstance(kind, _LanesType):
        return [builder.extract_value(value, i) for i in range(kind.count)]
    if isinstance(kind, types.UniTuple):  # only its length says something
        return [None] * int(kind.count)
    value = context.cast(builder, value, kind, types.float64)
    first = ir.Constant(ir.IntType(32), 0)
    alone = builder.insert_element(ir.Constant(_FOUR, ir.Undefined), value, first)
    return [builder.shuffle_vector(alone, alone, ir.Constant(ir.VectorType(ir.IntType(32), LANES), [0] * LANES))]


def _joined(builder: Any, parts: _Parts) -> Any:
    value = ir.Constant(ir.ArrayType(_FOUR, len(parts)), ir.Undefined)
    for i, part in enumerate(parts):
        value = builder.insert_value(value, part, i)
    return value


def _wider(*counts: int) -> int:
    return max(counts)


def _operation(emit: Callable[..., _Parts], count: Callable[..., int] = _wider) -> Any:
    """A function of lanes and numbers for use in kernels.

    `emit` is handed the builder and a list of registers for each argument, a single one repeated to the longest list's
    length where the result is as long as the longest argument; `count` says how many registers it returns.
    """

    def definition(_: Any, *kinds: Any) -> Any:
        n_parts = count(*(_count(kind) for kind in kinds))

        def code(context: Any, builder: Any, signature: Any, values: Any) -> Any:
            lists = [_parts(context, builder, kind, value) for kind, value in zip(signature.args, values, strict=True)]
            if count is _wider:
                lists = [parts * (n_parts // len(parts)) for parts in lists]
            return _joined(builder, emit(builder, *lists))

        return _LanesType(n_parts)(*kinds), code

    definition.__signature__ = inspect.signature(emit)  # type: ignore[attr-defined]  # numba counts arguments by it
    return intrinsic(definition)


def _each(emit: Callable[..., Any]) -> Callable[..., _Parts]:
    @functools.wraps(emit)
    def emit_each(builder: Any, *lists: _Parts) -> _Parts:
        return [emit(builder, *parts) for parts in zip(*lists, strict=True)]

    return emit_each


def _add_up(builder: Any, parts: _Parts) -> Any:
    return functools.reduce(builder.fadd, parts)


def _side(matrix: _Parts) -> int:
    return int(len(matrix) ** 0.5)


def _define(symbol: Any, instruction: str) -> None:
    """Let kernels use an operator on lanes, and on lanes and numbers."""
    emit = _each(lambda builder, x, y: getattr(builder, instruction)(x, y))

    def typer(_: Any) -> Any:
        def result(x: Any, y: Any) -> Any:
            kinds = (x, y)
            if any(isinstance(kind, _LanesType) for kind in kinds) and all(isinstance(k, _LanesType | types.Float) for k in kinds):
                return _LanesType(max(_count(x), _count(y)))
            return None

        return result

    def code(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        lists = [_parts(context, builder, kind, value) for kind, value in zip(signature.args, values, strict=True)]
        return _joined(builder, emit(builder, *(parts * (signature.return_type.count // len(parts)) for parts in lists)))

    type_callable(symbol)(typer)
    for kinds in ((_LanesType, _LanesType), (_LanesType, types.Float), (types.Float, _LanesType)):
        lower_builtin(symbol, *kinds)(code)


for _symbol, _instruction in ((operator.add, "fadd"), (operator.sub, "fsub"), (operator.mul, "fmul"), (operator.truediv, "fdiv")):
    _define(_symbol, _instruction)


def _on_bits(emit: Callable[[Any, Any], Any]) -> Any:
    return _operation(_each(lambda builder, x: builder.bitcast(emit(builder, builder.bitcast(x, _FOUR_BITS)), _FOUR)))


larger = _operation(_each(lambda builder, x, y: builder.select(builder.fcmp_ordered(">", x, y), x, y)))
# where_positive(x, a, b): a where x > 0, b elsewhere, also where x is not a number.
where_positive = _operation(
    _each(lambda builder, x, a, b: builder.select(builder.fcmp_ordered(">", x, ir.Constant(_FOUR, [0.0] * LANES)), a, b))
)
# fill(like, x): x for each number of `like`, which may be a tuple as long as there are states.
fill = _operation(_each(lambda builder, like, x: x))
# Sums over states, in their order: of vectors (K,), and of vectors with matrices (K, K) that stand row after row.
total = _operation(lambda builder, p: [_add_up(builder, p)], lambda k: 1)
row_totals = _operation(
    lambda builder, a: [_add_up(builder, a[i : i + _side(a)]) for i in range(0, len(a), _side(a))], lambda kk: int(kk**0.5)
)
from_left = _operation(
    lambda builder, p, a: [_add_up(builder, [builder.fmul(x, a[j * len(p) + k]) for j, x in enumerate(p)]) for k in range(len(p))],
    lambda k, kk: k,
)  # p @ a
from_right = _operation(
    lambda builder, a, q: [_add_up(builder, [builder.fmul(a[j * len(q) + k], x) for k, x in enumerate(q)]) for j in range(len(q))],
    lambda kk, k: k,
)  # a @ q
outer = _operation(lambda builder, p, q: [builder.fmul(x, y) for x in p for y in q], lambda k, n: k * n)
by_row = _operation(lambda builder, p: [x for x in p for _ in p], lambda k: k * k)  # p[j] in the whole row j

# Numbers of the form 2**52 * 1.5 + k hold k in their lowest bits: the integer k becomes 2.0**k.
power_of_two = _on_bits(lambda builder, x: builder.shl(builder.add(x, _bits(1023)), _bits(52)))
# For x >= 0: exponent(x) is 2**52 + 1023 + floor(log2(x)), and unit_scale(x) the power of two that brings x to [1, 2).
exponent = _on_bits(lambda builder, x: builder.or_(builder.lshr(x, _bits(52)), _bits(0x4330 << 48)))
unit_scale = _on_bits(lambda builder, x: builder.shl(builder.sub(_bits(2046), builder.lshr(x, _bits(52))), _bits(52)))
# x > 0 as 2**k * f with f in [sqrt(1/2), sqrt(2)): 2**52 * 1.5 + k, and f.
_SQRT_HALF = 0x3FE6A09E667F3BCD


def _power(builder: Any, x: Any) -> Any:
    return builder.ashr(builder.sub(x, _bits(_SQRT_HALF)), _bits(52))


split_exponent = _on_bits(lambda builder, x: builder.add(_power(builder, x), _bits(0x4338 << 48)))
split_fraction = _on_bits(lambda builder, x: builder.sub(x, builder.shl(_power(builder, x), _bits(52))))


def _most(_: Any, lanes: Any) -> Any:
    def code(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        (part,) = _parts(context, builder, lanes, values[0])
        most, *others = (builder.extract_element(part, ir.Constant(ir.IntType(32), lane)) for lane in range(LANES))
        for other in others:
            most = builder.select(builder.fcmp_ordered(">", other, most), other, most)
        return most

    return types.float64(lanes), code


def _load(count: Callable[[int], int]) -> Any:
    def definition(_: Any, array: Any, at: Any, like: Any) -> Any:
        def code(context: Any, builder: Any, signature: Any, values: Any) -> Any:
            places = _places(context, builder, signature, values, count(_count(like)), LANES)
            return _joined(builder, [builder.load(place, align=8) for place in places])

        return _LanesType(count(_count(like)))(array, types.intp, like), code

    return intrinsic(definition)


def _load_spread(_: Any, array: Any, at: Any, like: Any, stride: Any) -> Any:
    def code(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        places = _places(context, builder, signature, values, _count(like), values[3])
        return _joined(builder, [builder.load(place, align=8) for place in places])

    return _LanesType(_count(like))(array, types.intp, like, types.intp), code


def _store(_: Any, array: Any, at: Any, lanes: Any, stride: Any) -> Any:
    def code(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        places = _places(context, builder, signature, values, lanes.count, values[3])
        for part, place in zip(_parts(context, builder, lanes, values[2]), places, strict=True):
            builder.store(part, place, align=8)
        return context.get_dummy_value()

    return types.void(array, types.intp, lanes, types.intp), code


def _places(context: Any, builder: Any, signature: Any, values: Any, count: int, stride: Any) -> _Parts:
    data, at = context.make_array(signature.args[0])(context, builder, values[0]).data, values[1]
    places = []
    for _ in range(count):
        places.append(builder.bitcast(builder.gep(data, [at]), _FOUR.as_pointer()))
        at = builder.add(at, stride if isinstance(stride, ir.Value) else ir.Constant(at.type, stride))
    return places


most = intrinsic(_most)  # the largest number of any row, as a plain number
# load(array, i, like): as many numbers a row as `like` has, from a flat array in which a row's numbers are LANES apart;
# load_square: as many as its square; load_spread(array, i, like, stride) and store(array, i, lanes, stride): numbers that are
# `stride` apart.
load = _load(lambda k: k)
load_square = _load(lambda k: k * k)
load_spread = intrinsic(_load_spread)
store = intrinsic(_store)
