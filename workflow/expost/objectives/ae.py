"""The plain autoencoder."""

from .base import Objective, Player

TOGETHER = True


class Autoencoder(Objective):
    """Reconstruct; ask nothing of the codes: `R(x, D(E(x)))`, one player.

    `R` is the reconstruction loss of `objectives.reconstruction`.
    """

    def players(self):
        """One player moves encoder and decoder together."""
        return [Player("autoencoder", list(self.parameters()), self._loss)]

    def _loss(self, data, generator):
        return {"reconstruction": self.reconstruction(self.decoder(self.encoder(data)), data)}
