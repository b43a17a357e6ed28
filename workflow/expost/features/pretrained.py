"""Published network weights that metrics need."""

from ..io.remote_file import Remote


def _resnet34():
    from torchvision.models import ResNet34_Weights

    return [ResNet34_Weights.IMAGENET1K_V1.url]


# torchvision states the first eight digits of the digest, in the file's name.
RESNET34 = Remote(
    "resnet34-b627a593.pth",
    "b627a593bcbe140c234610266fe4f8ae95ea42fc881d091c9b6052e6b1d0590f",
    _resnet34,
)
