"""How far generated images are from real and from training images, through `scoring.score`."""

# Name in results -> what the function of that name, in the module of
# that name, is called with (see `scoring`). Codes have points and directions
# too, pixels none of the names with "real" or "generated".
METRICS = {
    "emd": ("rg",),
    "mmd": ("pairs",),
    "one_nn": ("pairs",),
    "precision": ("pairs",),
    "recall": ("pairs",),
    "density": ("pairs",),
    "coverage": ("pairs",),
    "frechet": ("real_features", "generated_features"),
    "inception_score": ("generated_probabilities",),
    "fid_softmax": ("real_probabilities", "generated_probabilities"),
    "kid": ("real_points", "generated_points"),
    "vendi": ("generated_directions",),
    "c_t": ("nearest",),
    "authenticity": ("nearest",),
    "nearest_training": ("nearest",),
}
