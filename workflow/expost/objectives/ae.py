"""The plain autoencoder."""

from .base import Objective, Player, cross_entropy


class Autoencoder(Objective):
    """Reconstruct; ask nothing of the codes: `BCE(x, D(E(x)))`, one player."""

    def players(self):
        """One player moves encoder and decoder together."""
        return [Player("autoencoder", list(self.parameters()), self._loss)]

    def encode(self, images):
        """The encoder's output."""
        return self.encoder(images)

    def _loss(self, images, generator):
        return {"reconstruction": cross_entropy(self.decoder(self.encoder(images)), images)}
