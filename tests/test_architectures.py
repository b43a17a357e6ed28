"""Networks by name: what is refused, what a width scales, and those for vectors."""

import pytest
import torch
from expost import objectives
from expost.networks import architectures
from expost.networks.architectures import ARCHITECTURES
from test_networks import shapes


def test_an_unknown_architecture_is_named():
    with pytest.raises(ValueError, match="networks 'svnh'; known are ebcae_mnist, .*, mlp"):
        objectives.build("ae", (3, 32, 32), 5, networks="svnh")
    with pytest.raises(ValueError, match="'mlp' has no option 'hiden'; known are .*hidden"):
        architectures.build({"name": "mlp", "hiden": [3]})
    with pytest.raises(ValueError, match=r"got hidden\[0\] 0; .* at least 1"):
        architectures.build({"name": "mlp", "hidden": [0]})


@pytest.mark.parametrize("width", [0, -1, True, "wide", float("nan"), float("inf")])
@pytest.mark.parametrize("name", ARCHITECTURES)
def test_a_width_that_cannot_be_is_refused(name, width):
    with pytest.raises(ValueError, match="got width .* wanted a number above 0"):
        architectures.build(name, width)


def test_vectors_are_refused_by_networks_for_images():
    with pytest.raises(ValueError, match=r"shape \(9,\); .* want images .*mlp"):
        objectives.build("ae", (9,), 5)


def test_a_width_scales_what_is_hidden_and_nothing_else():
    """Rounded, and of every layer at least one channel is left."""
    shape = (3, 64, 64)
    narrow = shapes(architectures.build("ebcae_celeba", 1 / 8).decoder(shape, 5), torch.zeros(2, 5))
    assert [size[0] for size in narrow] == [12, 64, 32, 16, 8, 4, 3]
    assert narrow[-1] == shape
    thin = shapes(architectures.build("ebcae_svhn", 1e-6).encoder(shape, 7), torch.zeros(2, *shape))
    assert [size[0] for size in thin] == [1, 1, 1, 1, 7]
    wide = architectures.build({"name": "mlp", "hidden": [10, 6]}, 1.5).encoder((4,), 2)
    assert shapes(wide, torch.zeros(1, 4)) == [(15,), (9,), (2,)]


def test_an_mlp_is_what_it_says_and_its_decoder_the_mirror():
    """By hand: two layers of 128, leaky between, nothing after the last."""
    mlp = architectures.build("mlp")
    for network, widths in ((mlp.encoder((9,), 3), (9, 128, 128, 3)), (mlp.decoder((9,), 3), None)):
        kinds = [type(layer).__name__ for layer in network]
        assert kinds == ["Linear", "LeakyReLU", "Linear", "LeakyReLU", "Linear"]
        seen = [network[0].in_features, *(layer.out_features for layer in network[::2])]
        assert tuple(seen) == (widths or (3, 128, 128, 9))
    x = torch.rand(2, 3, 4, 5)
    folded = mlp.encoder((3, 4, 5), 2)
    assert torch.equal(folded(x), folded[1:](x.flatten(1)))
