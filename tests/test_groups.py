"""Who belongs to a class or has an attribute, and what a classifier says of it."""

import numpy as np
import pytest
from expost.analyses import group_shares
from expost.datasets import image_groups

CLASSES = {"labels_train": np.array([0, 1, 2, 1])}
FACES = {
    "attributes_train": np.array([[1, 0], [0, 0], [1, 1]], np.uint8),
    "attribute_names": np.array(["Eyeglasses", "Wearing_Hat"]),
}
SCORES = {
    "classifier/vectors": np.zeros((4, 2)),
    "classifier/probabilities": np.array(
        [[0.2, 0.5, 0.3], [0.1, 0.4, 0.5], [0.6, 0.3, 0.1], [0.0, 1.0, 0.0]], np.float32
    ),
}
FLAGS = {"classifier_bfloat16/attributes": np.array([[0.9, 0.2], [0.4, 0.7], [0.6, 0.5]])}


@pytest.mark.parametrize(
    ("group", "data", "inside"),
    [
        (1, CLASSES, [0, 1, 0, 1]),
        ("1", CLASSES, [0, 1, 0, 1]),
        ("not 1", CLASSES, [1, 0, 1, 0]),
        ("Eyeglasses", FACES, [1, 0, 1]),
        ("not Wearing_Hat", FACES, [1, 1, 0]),
    ],
)
def test_members(group, data, inside):
    np.testing.assert_array_equal(image_groups.members(group, data, "train"), np.bool_(inside))
    rows = np.array([2, 1])
    some = image_groups.members(group, data, "train", np.array([0, *rows]))
    np.testing.assert_array_equal(some[1:], np.bool_(inside)[rows])


@pytest.mark.parametrize(
    ("group", "data", "message"),
    [
        (3, CLASSES, "group 3, to which none of 4 train images belongs"),
        ("Eyeglasses", CLASSES, "'Eyeglasses', but the images have no attributes; wanted a class"),
        ("not 1", FACES, "'not 1', but the images have no labels; wanted a attribute"),
        ("Eyeglases", FACES, "'Eyeglases'; known are Eyeglasses, Wearing_Hat"),
    ],
)
def test_groups_that_are_not_there_are_named(group, data, message):
    with pytest.raises(ValueError, match=message):
        image_groups.members(group, data, "train")


def test_probabilities_and_assignments_by_hand():
    np.testing.assert_allclose(group_shares.probabilities(1, SCORES), [0.5, 0.4, 0.3, 1])
    np.testing.assert_allclose(group_shares.probabilities("not 1", SCORES), [0.5, 0.6, 0.7, 0])
    # To the likeliest class, though the second image gives class 2 no more than one half.
    np.testing.assert_array_equal(group_shares.assigned(2, SCORES), [False, True, False, False])
    np.testing.assert_array_equal(group_shares.assigned("not 2", SCORES), [True, False, True, True])
    names = FACES["attribute_names"]
    np.testing.assert_allclose(
        group_shares.probabilities("Wearing_Hat", FLAGS, names), [0.2, 0.7, 0.5]
    )
    np.testing.assert_array_equal(group_shares.assigned("Wearing_Hat", FLAGS, names), [0, 1, 0])
    np.testing.assert_array_equal(group_shares.assigned("not Wearing_Hat", FLAGS, names), [1, 0, 1])


@pytest.mark.parametrize(
    ("group", "features", "message"),
    [
        (3, SCORES, r"knows 0\.\.2"),
        ("Eyeglasses", SCORES, "gives no attributes; it was trained on .* classes"),
        (1, FLAGS, "gives no probabilities; it was trained on .* attributes"),
        ("Hat", FLAGS, "'Hat'; known are Eyeglasses, Wearing_Hat"),
    ],
)
def test_what_the_classifier_does_not_know_is_refused(group, features, message):
    with pytest.raises(ValueError, match=message):
        group_shares.probabilities(group, features, FACES["attribute_names"])


def test_shares_by_hand():
    drawn = np.array(["1", "untargeted", "1", "untargeted"])
    records = group_shares.shares(drawn, [1], SCORES)
    found = {(r["drawn"], r["group"], r["metric"]): r["value"] for r in records}
    assert found == pytest.approx(
        {
            ("1", "1", "share"): 0.5,
            ("1", "1", "probability"): 0.4,
            ("untargeted", "1", "share"): 0.5,
            ("untargeted", "1", "probability"): 0.7,
        }
    )


def test_words_and_complements():
    assert [image_groups.label(g) for g in (3, "not 3", "Wearing_Hat", "not Wearing_Hat")] == [
        "class 3",
        "not class 3",
        "Wearing Hat",
        "not Wearing Hat",
    ]
    assert image_groups.complementary("Eyeglasses", "not Eyeglasses")
    assert image_groups.complementary("not 3", 3)
    assert not image_groups.complementary(3, 8)
