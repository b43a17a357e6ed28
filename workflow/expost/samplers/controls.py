"""Which samplers are controls, and what stands for their draws."""

# Samplers that do not compete: what a metric says of them bounds what it can say of the others.
# Of each, what stands for its draws: `decoded` codes or the `originals` (see `Sampler.shows`).
CONTROLS = {
    "prior": "decoded",
    "reconstruction": "decoded",
    "interpolation": "decoded",
    "copy": "originals",
    "held_out": "originals",
}
# Without these controls no score can be read; what they show is no worse for a decoder.
ORIGINALS = tuple(name for name, shown in CONTROLS.items() if shown == "originals")
# These show images of the data set, or what becomes of them, and draw from no law.
OF_IMAGES = ("reconstruction", "interpolation", *ORIGINALS)
