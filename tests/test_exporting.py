"""`expost.export`: the files compute what the modules do, or it says why they would not."""

import numpy as np
import pytest
import torch
import yaml
from elsewhere import trained_by_torch
from expost import export
from expost.networks.border import Border
from expost.networks.pretrained import fit
from expost.training import encode_decode
from expost.training.pretrained import adapted
from torch import nn

SHAPE = (1, 16, 16)


class Function(nn.Module):
    """A module of a function, with a weight."""

    def __init__(self, function):
        super().__init__()
        self.weight, self.function = nn.Parameter(torch.ones(1)), function

    def forward(self, x):
        return self.function(x * self.weight)


DECODER = Function(lambda z: z[:, :1, None, None].expand(-1, 1, 16, 16).sigmoid())

ENCODER = nn.Flatten()


@pytest.mark.parametrize("kind", [torch.float16, torch.float32])
def test_the_files_are_the_modules(kind, tmp_path):
    encoder, decoder = (module.to(kind) for module in trained_by_torch(5))
    encoder.train()
    before = [module.training for module in encoder.modules()]
    encoder[1].eval()
    before[2] = False
    text = export(encoder, decoder, SHAPE, tmp_path / "new", range=(-1, 1))
    assert [module.training for module in encoder.modules()] == before
    assert "a code has the shape (2, 4, 4)" in text
    entry = yaml.safe_load(text)["autoencoders"]["mine"]
    assert entry["range"] == [-1, 1]
    assert entry["layout"] == "channels_first"

    images = np.random.default_rng(5).integers(0, 256, (70, *SHAPE), dtype=np.uint8)
    paths = entry["encoder"], entry["decoder"]
    made = tmp_path / "e", tmp_path / "d"
    networks = adapted([tmp_path / path for path in paths], Border.of(entry, SHAPE), made)
    codes = encode_decode.encode(networks[0], images)
    with torch.no_grad():
        x = torch.from_numpy(images / 255 * 2 - 1).to(kind)
        wanted = encoder.eval()(x)
        shown = (decoder.eval()(wanted).double().numpy() + 1) / 2 * 255
    close = {torch.float16: 1e-2, torch.float32: 1e-4}[kind]
    np.testing.assert_allclose(codes, wanted.flatten(1).double().numpy(), atol=close, rtol=close)
    got = encode_decode.decode(networks[1], codes)
    assert np.abs(got - shown).max() < 0.51 + 255 * close


def test_vectors_have_no_range(tmp_path):
    text = export(nn.Linear(5, 2), nn.Linear(2, 5), (5,), tmp_path)
    entry = yaml.safe_load(text)["autoencoders"]["mine"]
    assert entry.keys() == {"encoder", "decoder"}
    assert fit(*entry.values(), Border((5,))).latent == (2,)


def test_double_precision_is_as_far_as_onnx_runtime_has_it(tmp_path):
    entry = yaml.safe_load(export(nn.Linear(5, 2).double(), nn.Linear(2, 5), (5,), tmp_path))
    assert (
        fit(*entry["autoencoders"]["mine"].values(), Border((5,))).encoder.takes.type == "float64"
    )
    with pytest.raises(ValueError, match=r"encoder.onnx is no encoder that can be used .*Conv"):
        export(*(module.double() for module in trained_by_torch(1)), SHAPE, tmp_path)


@pytest.mark.parametrize(
    ("encoder", "decoder", "error", "words"),
    [
        (len, DECODER, TypeError, "got builtin_function_or_method for the encoder; wanted a torch"),
        (Function(lambda x: (x, x)), DECODER, TypeError, "got tuple of the encoder; wanted a tens"),
        (
            Function(lambda x: x.flatten(1) + torch.randn(256)),
            *(DECODER, ValueError, "the encoder makes something else each time"),
        ),
        (Function(lambda x: x.mean()), DECODER, ValueError, r"got \(\) of the encoder; wanted \(3"),
        (
            Function(lambda x: x.flatten(1)),
            *(Function(lambda z: z), ValueError, r"got \(3, 256\) of the decoder; wanted \(3, 1,"),
        ),
        (nn.Linear(9, 4), DECODER, ValueError, r"encoder fails on an input of \(3, 1, 16, 16\) \("),
        (ENCODER, nn.Linear(9, 4), ValueError, r"decoder fails on an input of \(3, 256\) \("),
        (nn.Linear(16, 4, device="meta"), DECODER, ValueError, "the encoder fails on an input"),
        (Function(lambda x: x.flatten(1) / 0), DECODER, ValueError, "encoder gives .* not finite"),
        (ENCODER, Function(lambda z: z * torch.nan), ValueError, "decoder gives .* not finite"),
        (Function(lambda x: x.flatten(1).long()), DECODER, TypeError, "got int64 of the encoder"),
        (Function(lambda x: x.flatten(1) + 1j), DECODER, TypeError, "got complex64 of the enc"),
        (nn.Flatten().bfloat16(), None, TypeError, "got NoneType for the decoder"),
        (
            Function(lambda x: torch.linalg.svdvals(x[:, 0])),
            *(DECODER, ValueError, r"PyTorch cannot write the encoder as ONNX \(.*svdvals"),
        ),
        (
            Function(lambda x: x.flatten(1) - x.mean()),
            *(DECODER, ValueError, r"^encoder\.onnx makes of 1 at once something else than"),
        ),
    ],
)
def test_what_cannot_be_exported_is_refused(encoder, decoder, error, words, tmp_path):
    (tmp_path / "encoder.onnx").write_text("an earlier one")
    with pytest.raises(error, match=words) as caught:
        export(encoder, decoder, SHAPE, tmp_path)
    assert "\n" not in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["encoder.onnx"]
    assert (tmp_path / "encoder.onnx").read_text() == "an earlier one"


@pytest.mark.parametrize(
    ("shape", "range", "words"),
    [
        ((), (0, 1), r"got the shape \(\); wanted \(c, h, w\) of an image, \(d,\) of a vector"),
        (256, (0, 1), "got the shape 256; wanted"),
        (None, (0, 1), "got the shape None; wanted"),
        ((16, 16), (0, 1), r"got the shape \(16, 16\)"),
        ((1, 16, 16.0), (0, 1), "got a side of the shape 16.0; wanted a whole number"),
        ((1, 16, -16), (0, 1), "got a side of the shape -16"),
        ((1, 10**7, 10**7), (0, 1), "of memory, this machine has"),
        (SHAPE, (1, 0), r"got range \[1, 0\]; wanted what black is and what white is"),
        (SHAPE, (0, 0), r"got range \[0, 0\]"),
        (SHAPE, (0, np.nan), r"got range \[0, nan\]"),
        (SHAPE, (0, np.inf), r"got range \[0, inf\]"),
        (SHAPE, None, "got range None; wanted two numbers"),
        (SHAPE, (0, 1, 2), r"got range \(0, 1, 2\); wanted two numbers"),
        (SHAPE, "01", "got range '01'; wanted two numbers"),
        (SHAPE, ("0", "1"), "wanted two numbers"),
    ],
)
def test_shapes_and_ranges_that_cannot_be_are_refused(shape, range, words, tmp_path):
    with pytest.raises(ValueError, match=words):
        export(ENCODER, DECODER, shape, tmp_path, range=range)
    assert not [*tmp_path.iterdir()]


def test_a_folder_that_no_study_could_name_is_refused(tmp_path):
    with pytest.raises(ValueError, match="without braces"):
        export(ENCODER, DECODER, SHAPE, tmp_path / "{mine}")
    assert not [*tmp_path.iterdir()]


def test_a_shape_may_be_an_array_and_a_range_numbers_of_numpys(tmp_path):
    text = export(ENCODER, DECODER, np.array(SHAPE), tmp_path, range=np.array([-1.0, 1.0]))
    assert yaml.safe_load(text)["autoencoders"]["mine"]["range"] == [-1, 1]


@pytest.mark.filterwarnings("ignore:Converting a tensor")
def test_python_that_a_trace_does_not_see_is_refused(tmp_path):
    """The number of rows as a number of Python's, which is that of the traced batch for ever."""
    frozen = Function(lambda x: x.flatten(1) * float(x.sum()))
    with pytest.raises(ValueError, match=r"encoder\.onnx makes of 1 at once something else than"):
        export(frozen, DECODER, SHAPE, tmp_path)
