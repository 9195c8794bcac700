"""Makes tools/inline/tensors/test/golden/files.json with numpy, ml_dtypes and safetensors: whole files, in base64, and
the numbers that those libraries read in them, by the last index fastest. NaN and infinities are written as words.

    pip install numpy==2.4.6 ml_dtypes==0.6.0 safetensors==0.8.0
    python3 tools/golden/make_tensors.py
"""

import base64
import io
import json
from pathlib import Path

import ml_dtypes
import numpy as np
from numpy.lib import format as npy
from safetensors.numpy import save

rng = np.random.default_rng(7)


def words(array):
    return [v if np.isfinite(v) else str(v) for v in np.asarray(array, np.float64).ravel().tolist()]


def text(data):
    return base64.b64encode(data).decode()


def sample(dtype, shape):
    dtype = np.dtype(dtype)
    if 0 in shape:
        return np.zeros(shape, dtype)
    if dtype == np.bool_:
        return np.asarray(rng.integers(0, 2, shape)).astype(dtype)
    if dtype.kind in "iu":
        least, most = np.iinfo(dtype).min, np.iinfo(dtype).max
        array = np.asarray(rng.integers(least, most, shape, dtype=dtype, endpoint=True))
        array.flat[0], array.flat[-1] = least, most
        return array
    array = np.asarray(rng.normal(size=shape) * 10.0 ** rng.integers(-3, 3, shape)).astype(dtype)
    # Subnormal and largest numbers, zeros of both signs, infinities and NaN.
    info = ml_dtypes.finfo(dtype)
    special = [info.smallest_subnormal, info.max, -0.0, 0.0, np.inf, -np.inf, np.nan, -info.smallest_normal]
    array.flat[: min(array.size, len(special))] = np.array(special, dtype)[: array.size]
    return array


arrays = []
for dtype in ["f8", "f4", "f2", "i8", "i4", "i2", "i1", "u8", "u4", "u2", "u1", "?"]:
    for order, shape, fortran, version in [
        ("<", (12,), False, (1, 0)),
        (">", (3, 4), False, (2, 0)),
        ("<", (2, 3, 4), True, (3, 0)),
        ("<", (), False, (1, 0)),
        (">", (0, 5), False, (1, 0)),
    ]:
        array = sample(dtype, shape).astype(np.dtype(dtype).newbyteorder(order))
        file = io.BytesIO()
        npy.write_array(file, np.asfortranarray(array) if fortran else array, version=version)
        stored = array.ravel(order="F") if fortran else array
        arrays.append({"file": text(file.getvalue()), "shape": list(shape), "fortran": fortran, "stored": words(stored)})

tensors = {
    name: sample(dtype, shape)
    for name, dtype, shape in [
        ("f64", "f8", (2, 5)),
        ("f32", "f4", (11,)),
        ("f16", "f2", (3, 3)),
        ("bf16", ml_dtypes.bfloat16, (4, 3)),
        ("i64", "i8", ()),
        ("i32", "i4", (4,)),
        ("i16", "i2", (4,)),
        ("i8", "i1", (3,)),
        ("u64", "u8", (2,)),
        ("u32", "u4", (2,)),
        ("u16", "u2", (2,)),
        ("u8", "u1", (5,)),
        ("bool", "?", (4,)),
        ("漢 \u0007\u009b", "f4", (2,)),
        ("nothing", "f4", (0, 3)),
    ]
}
safetensors = {
    "file": text(save(tensors, metadata={"made": "by make_tensors.py"})),
    "tensors": {name: {"shape": list(array.shape), "stored": words(array)} for name, array in tensors.items()},
}

out = Path(__file__).parents[1] / "inline/tensors/test/golden"
out.mkdir(parents=True, exist_ok=True)
(out / "files.json").write_text(json.dumps({"arrays": arrays, "safetensors": safetensors}) + "\n")
