"""Renditions: which widths, how heavy, and what the share picture shows."""

import random
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from news.images import SHARE_BYTES, WIDTHS, crop_box, fitting_widths, render_sizes


def photo(width, height, *, grain=0.12, seed=7):
    """A stand-in for a photograph: soft light, mid-sized shapes and some grain."""
    chance = random.Random(seed)

    def layer(w, h):
        return Image.frombytes("L", (w, h), chance.randbytes(w * h)).resize((width, height), Image.Resampling.BICUBIC)

    def band():
        shapes = Image.blend(layer(9, 6), layer(60, 40), 0.35)
        return Image.blend(shapes, layer(width // 3, height // 3), grain)

    return Image.merge("RGB", [band(), band(), band()])


def content(image, kind="PNG", **options):
    target = BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def sizes(renditions):
    return [(r.width, r.height, r.format, r.extension) for r in renditions]


@pytest.fixture(scope="module")
def large():
    return render_sizes(content(photo(2000, 1250), "JPEG", quality=90))


def test_a_large_photo_comes_in_every_width_and_one_share_picture(large):
    webps = [(width, round(width * 0.625), "WEBP", "webp") for width in WIDTHS]
    assert sizes(large) == [*webps, (1200, 630, "JPEG", "jpg")]


def test_what_is_promised_is_what_the_bytes_hold(large):
    for rendition in large:
        image = Image.open(BytesIO(rendition.content))
        image.load()
        assert (image.size, image.format) == ((rendition.width, rendition.height), rendition.format)
        assert not image.getexif()


def test_nothing_is_enlarged_and_the_own_width_is_added():
    widths = [r.width for r in render_sizes(content(photo(1000, 700)))[:-1]]
    assert widths == [320, 480, 640, 800, 960, 1000]


@pytest.mark.parametrize(
    ("original", "expected"), [(100, [100]), (320, [320]), (700, [320, 480, 640, 700]), (9000, list(WIDTHS))]
)
def test_widths_that_fit(original, expected):
    assert fitting_widths(original, WIDTHS) == expected


def test_widths_can_be_chosen():
    assert [r.width for r in render_sizes(content(photo(400, 300)), widths=(64, 128))[:-1]] == [64, 128]


@pytest.mark.parametrize("size", [(640, 480), (640, 960), (800, 533), (800, 1200)])
def test_a_picture_in_a_list_weighs_at_most_sixty_kilobytes(size):
    rendition = render_sizes(content(photo(*size)), widths=size[:1])[0]
    assert rendition.width == size[0]
    assert len(rendition.content) <= 60_000


def test_pure_noise_ends_at_the_lowest_quality_instead_of_never():
    noise = Image.effect_noise((640, 480), 120).convert("RGB")
    assert render_sizes(content(noise), widths=(640,))[0].width == 640


def test_the_share_picture_is_light_enough_for_messengers(large):
    assert len(large[-1].content) <= SHARE_BYTES


def test_the_same_photo_gives_the_same_bytes():
    original = content(photo(500, 400))
    assert render_sizes(original) == render_sizes(original)


def test_the_share_picture_is_enlarged_at_most_twice():
    assert sizes(render_sizes(content(photo(600, 400))))[-1][:2] == (1200, 630)
    assert sizes(render_sizes(content(photo(590, 400))))[-1][:2] == (590, 310)
    assert sizes(render_sizes(content(photo(900, 100))))[-1][:2] == (190, 100)


def test_the_share_picture_shows_the_focal_point():
    image = Image.new("RGB", (1200, 1800), "white")
    image.paste("red", (0, 1700, 1200, 1800))
    low = render_sizes(content(image), widths=(320,), focal=(0.5, 0.98))[-1]
    middle = render_sizes(content(image), widths=(320,))[-1]
    bottom = [Image.open(BytesIO(r.content)).getpixel((600, 620)) for r in (low, middle)]
    assert bottom[0][1] < 60
    assert bottom[1][1] > 200


def test_transparency_stays_in_webp_and_is_white_when_shared():
    image = Image.new("RGBA", (640, 480), (0, 0, 0, 0))
    webp, share = render_sizes(content(image), widths=(640,))
    assert Image.open(BytesIO(webp.content)).convert("RGBA").getpixel((5, 5))[3] == 0
    assert Image.open(BytesIO(share.content)).getpixel((5, 5)) == (255, 255, 255)


def test_bytes_that_are_no_picture_are_an_error():
    with pytest.raises(OSError):
        render_sizes(b"bukan gambar")


side = st.integers(1, 5000)
place = st.floats(0, 1)


@given(side, side, st.floats(0.2, 5), st.tuples(place, place))
def test_a_crop_lies_inside_has_the_ratio_and_contains_the_focal_point(width, height, ratio, focal):
    left, top, right, bottom = crop_box(width, height, ratio, focal)
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height
    wide, high = right - left, bottom - top
    assert abs(wide - high * ratio) <= 1 or abs(high - wide / ratio) <= 1
    assert left <= focal[0] * width <= right
    assert top <= focal[1] * height <= bottom


@given(side, side, st.floats(0.2, 5))
def test_a_crop_is_as_large_as_the_picture_allows(width, height, ratio):
    left, top, right, bottom = crop_box(width, height, ratio)
    assert right - left == width or bottom - top == height
