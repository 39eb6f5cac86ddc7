"""The demo's drawn cloths: all there, never twice the same, honest and light."""

from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageStat

from news.images import LISTING_BYTES, render_sizes
from offices.images import MIN_SIDE, clean_picture
from portal.demo.artwork import MOTIFS, PALETTES, draw

SMALL = (480, 300)


def opened(content):
    image = Image.open(BytesIO(content))
    image.load()
    return image


def test_twelve_motifs_and_six_palettes_are_drawn():
    assert set(MOTIFS) == {
        *("kawung", "parang", "megamendung", "truntum", "ceplok", "tenun"),
        *("songket", "ulos", "toraja", "asmat", "poleng", "lurik"),
    }
    assert set(PALETTES) == {"indigo", "soga", "laut", "hutan", "senja", "tanah"}


@pytest.mark.parametrize("motif", MOTIFS)
def test_a_cloth_passes_the_gate_and_is_light_in_a_list(motif):
    picture = clean_picture(BytesIO(draw(motif, "soga", seed=1)), min_side=MIN_SIDE)
    assert (picture.width, picture.height) == (1600, 1000)
    assert len(render_sizes(picture.content, widths=(640,))[0].content) <= LISTING_BYTES


@pytest.mark.parametrize("palette", PALETTES)
def test_every_palette_can_be_worn(palette):
    assert opened(draw("tenun", palette, seed=3, size=SMALL)).size == SMALL


@pytest.mark.parametrize("motif", MOTIFS)
def test_the_same_seed_draws_the_same_bytes_and_another_seed_does_not(motif):
    first = draw(motif, "indigo", seed=5, size=SMALL)
    other = draw(motif, "indigo", seed=6, size=SMALL)
    assert draw(motif, "indigo", seed=5, size=SMALL) == first
    difference = ImageChops.difference(opened(first), opened(other)).convert("L")
    assert ImageStat.Stat(difference).mean[0] > 8
    assert ImageStat.Stat(opened(first).convert("L")).stddev[0] > 15


@pytest.mark.parametrize("size", [(1000, 1600), (640, 640), (333, 219)])
def test_any_shape_can_be_drawn(size):
    assert opened(draw("parang", "hutan", seed=4, size=size)).size == size


def test_a_corner_says_that_this_is_no_photograph():
    corner = opened(draw("lurik", "indigo", seed=1)).crop((1440, 920, 1580, 980)).convert("L")
    dark, light = corner.getextrema()
    assert (dark < 60, light > 190) == (True, True)


def test_an_unknown_motif_or_palette_is_an_error():
    for motif, palette in (("polkadot", "soga"), ("kawung", "neon")):
        with pytest.raises(KeyError):
            draw(motif, palette, seed=1)
