"""Devices are set up, or refused by name."""

import pytest

torch = pytest.importorskip("torch")

from expost.runtime.device import dtype, pick  # noqa: E402 (needs torch)

CPU = torch.device("cpu")


def test_device():
    assert pick("cpu") == torch.device("cpu")
    assert pick("auto").type == ("cuda" if torch.cuda.is_available() else "cpu")
    with pytest.raises(ValueError, match="unknown device 'gpu'; known are auto, cpu, cuda"):
        pick("gpu")


@pytest.mark.skipif(torch.cuda.is_available(), reason="has CUDA")
def test_cuda_without_cuda():
    with pytest.raises(ValueError, match="finds no CUDA device"):
        pick("cuda")


def test_precision():
    assert dtype("float32", CPU) == torch.float32
    with pytest.raises(
        ValueError, match="unknown precision 'float16'; known are float32, bfloat16"
    ):
        dtype("float16", CPU)


@pytest.mark.parametrize("supported", [True, False])
def test_bfloat16_wants_instructions_for_it(monkeypatch, supported):
    found = {"avx512_f": True, "avx512_bf16": supported, "amx_bf16": False, "num_sockets": 1}
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: found)
    if supported:
        assert dtype("bfloat16", CPU) == torch.bfloat16
    else:
        with pytest.raises(ValueError, match="this cpu has no instructions .* slower .* 'float32'"):
            dtype("bfloat16", CPU)
