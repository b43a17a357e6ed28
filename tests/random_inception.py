"""A file of random weights for Inception-v3, which no test has the published ones for."""

from dataclasses import replace

import torch
from expost.features import inception
from expost.io import files
from expost.io.remote_file import Remote


def save_inception(path) -> Remote:
    """Write the file, and tell of it as `inception.WEIGHTS` does of the published one.

    Weights keep the scale of what goes through them, and normalisation is no identity: else all
    images would have almost the same features.
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        network = inception.without_weights().to_empty(device="cpu")
        for layer in network.modules():
            if isinstance(layer, (torch.nn.Conv2d, torch.nn.Linear)):
                torch.nn.init.kaiming_normal_(layer.weight)
            if isinstance(layer, torch.nn.Linear):
                layer.bias.normal_()
            if isinstance(layer, torch.nn.BatchNorm2d):
                layer.reset_running_stats()
                layer.running_mean.normal_(std=0.1)
                layer.running_var.uniform_(0.5, 2)
                torch.nn.init.uniform_(layer.weight, 0.5, 1.5)
                torch.nn.init.normal_(layer.bias, std=0.1)
    torch.save(network.state_dict(), path)
    return replace(inception.WEIGHTS, sha256=files.sha256(path), size=path.stat().st_size)
