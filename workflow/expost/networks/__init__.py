"""The networks of autoencoders."""

# Name in a study, which is the module's too -> class; see `architectures`.
ARCHITECTURES = {
    "ebcae_mnist": "MNIST",
    "ebcae_svhn": "SVHN",
    "ebcae_celeba": "CelebA",
    "rae_mnist": "MNIST",
    "rae_celeba": "CelebA",
    "mlp": "MLP",
}
