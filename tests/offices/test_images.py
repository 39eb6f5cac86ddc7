"""Pictures that lie about what they are, and what remains of the honest ones."""

import hashlib
import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageDraw, ImageFile, ImageOps, PngImagePlugin, features

from offices import images
from offices.images import MAX_BYTES, MAX_SIDE, MAX_SIDE_LOSSLESS, RefusedPicture, clean_picture

pytestmark = [
    pytest.mark.skipif(not features.check("webp"), reason="Pillow was built without WebP"),
    pytest.mark.filterwarnings("ignore:Corrupt EXIF", "ignore::PIL.Image.DecompressionBombWarning"),
]

HTML = b"<script>alert('masuk')</script>"


def drawn(mode="RGB", size=(300, 200)):
    """A picture whose left third is dark and whose right is light, so that turning shows."""
    image = Image.new("L", size, 220)
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 3, size[1]), fill=20)
    return image.convert(mode)


def saved(image, kind, **options):
    target = BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def cleaned(content, **options):
    return clean_picture(BytesIO(content), **options)


def reopened(picture):
    image = Image.open(BytesIO(picture.content))
    image.load()
    return image


def refusal(content, **options):
    with pytest.raises(RefusedPicture) as caught:
        cleaned(content, **options)
    assert len(caught.value.messages) == 1
    assert caught.value.messages[0].endswith(".")
    return caught.value.code


def png_chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_by_hand(width, height, *extra, idat=b""):
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    middle = b"".join(png_chunk(kind, body) for kind, body in extra)
    data = png_chunk(b"IHDR", header) + middle + png_chunk(b"IDAT", idat) + png_chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + data


class Unreadable(BytesIO):
    size = MAX_BYTES + 1

    def read(self, *args):
        raise AssertionError("a file that says it is too large is not read")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_an_opaque_picture_of_each_accepted_format_becomes_a_jpeg(kind):
    picture = cleaned(saved(drawn(), kind))
    assert (picture.width, picture.height, picture.format, picture.extension) == (300, 200, "JPEG", "jpg")
    assert reopened(picture).format == "JPEG"
    assert picture.sha256 == hashlib.sha256(picture.content).hexdigest()


def test_the_same_upload_gives_the_same_bytes():
    upload = saved(drawn(), "PNG")
    assert cleaned(upload) == cleaned(upload)


def test_a_file_already_read_by_a_form_is_read_from_its_start():
    file = BytesIO(saved(drawn(), "PNG"))
    file.read()
    assert clean_picture(file).width == 300


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_transparency_is_kept_without_loss(kind):
    image = drawn("RGBA")
    image.putpixel((0, 0), (200, 10, 10, 0))
    picture = cleaned(saved(image, kind, **({"lossless": True} if kind == "WEBP" else {})))
    assert (picture.format, picture.extension) == ("PNG", "png")
    assert reopened(picture).getpixel((0, 0))[3] == 0
    assert reopened(picture).getpixel((299, 0)) == (220, 220, 220, 255)


def test_an_alpha_channel_that_hides_nothing_is_dropped():
    assert cleaned(saved(drawn("RGBA"), "PNG")).format == "JPEG"


def test_a_palette_picture_keeps_its_see_through_colour():
    image = drawn("P")
    picture = cleaned(saved(image, "PNG", transparency=image.getpixel((299, 0))))
    alpha = reopened(picture).convert("RGBA").getchannel("A")
    assert (alpha.getpixel((0, 0)), alpha.getpixel((299, 0))) == (255, 0)


def test_sixteen_bits_a_pixel_are_scaled_and_not_clipped():
    picture = cleaned(saved(Image.new("I;16", (300, 200), 128 * 257), "PNG"))
    assert all(abs(level - 128) <= 1 for level in reopened(picture).getpixel((9, 9)))


def test_a_cmyk_jpeg_becomes_rgb():
    picture = cleaned(saved(Image.new("CMYK", (300, 200), (0, 255, 255, 0)), "JPEG"))
    image = reopened(picture)
    red, green, blue = image.getpixel((100, 100))
    assert image.mode == "RGB"
    assert red > 200 > 60 > max(green, blue)


def test_a_colour_profile_is_applied_and_then_left_out():
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = srgb.replace(b"rXYZ", b"?XYZ", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"?XYZ", b"bXYZ", 1)
    for profile, colour in ((srgb, (255, 0, 0)), (swapped, (0, 0, 255))):
        image = reopened(cleaned(saved(Image.new("RGB", (300, 200), "red"), "PNG", icc_profile=profile)))
        assert image.getpixel((100, 100)) == pytest.approx(colour, abs=4)
        assert "icc_profile" not in image.info


def test_a_profile_that_cannot_be_used_is_ignored():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for profile in (lab, b"not a profile"):
        image = reopened(cleaned(saved(drawn(), "JPEG", icc_profile=profile)))
        assert image.getpixel((299, 0))[0] == pytest.approx(220, abs=3)


def test_place_and_camera_are_gone_and_the_picture_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Kamera Dinas"
    exif.get_ifd(0x8825)[2] = (6.0, 10.0, 30.0)
    picture = cleaned(saved(drawn(), "JPEG", exif=exif, comment=b"catatan pribadi"))
    image = reopened(picture)
    assert (picture.width, picture.height) == image.size == (200, 300)
    assert image.getpixel((100, 5))[0] < 60 < 180 < image.getpixel((100, 290))[0]
    assert not image.getexif()
    assert [word for word in (b"Exif", b"Kamera", b"catatan") if word in picture.content] == []


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_is_turned_as_pillow_turns_it(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    upload = saved(drawn(), "PNG", exif=exif)
    expected = ImageOps.exif_transpose(Image.open(BytesIO(upload)))
    image = reopened(cleaned(upload))
    assert image.size == expected.size
    corners = [(5, 5), (image.width - 6, 5), (5, image.height - 6)]
    assert [image.getpixel(c)[0] // 100 for c in corners] == [expected.getpixel(c)[0] // 100 for c in corners]


def test_broken_exif_does_not_cost_the_photo():
    assert cleaned(saved(drawn(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff")).width == 300


def test_html_behind_a_jpeg_is_gone():
    assert HTML not in cleaned(saved(drawn(), "JPEG") + HTML).content


def test_html_in_png_text_is_gone():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", HTML.decode())
    upload = saved(drawn(), "PNG", pnginfo=notes)
    assert HTML in upload
    assert HTML not in cleaned(upload).content


def test_html_in_the_metadata_of_a_transparent_picture_is_gone():
    image = drawn("RGBA")
    image.putalpha(90)
    upload = saved(image, "WEBP", xmp=HTML, exif=b"Exif\0\0" + HTML)
    assert HTML in upload
    assert HTML not in cleaned(upload).content


def test_of_an_animation_the_first_frame_is_kept():
    frames = [Image.new("RGB", (300, 200), colour) for colour in ("red", "lime", "blue")]
    upload = saved(frames[0], "WEBP", save_all=True, append_images=frames[1:], duration=100)
    assert Image.open(BytesIO(upload)).n_frames == 3
    image = reopened(cleaned(upload))
    assert getattr(image, "n_frames", 1) == 1
    assert image.getpixel((5, 5))[0] > 200


def test_a_phone_photo_with_a_second_picture_inside_is_a_jpeg():
    upload = saved(drawn(), "MPO", save_all=True, append_images=[drawn()])
    assert Image.open(BytesIO(upload)).format == "MPO"
    assert cleaned(upload).format == "JPEG"


def test_a_large_photo_is_kept_at_the_largest_side():
    picture = cleaned(saved(Image.new("L", (5000, 2500)), "JPEG"))
    assert (picture.width, picture.height) == (MAX_SIDE, MAX_SIDE // 2)


def test_a_large_transparent_picture_is_kept_smaller():
    picture = cleaned(saved(Image.new("LA", (3000, 1500)), "PNG"))
    assert (picture.width, picture.height) == (MAX_SIDE_LOSSLESS, MAX_SIDE_LOSSLESS // 2)


def test_a_small_file_of_too_many_pixels_is_refused():
    upload = saved(Image.new("1", (13000, 13000)), "PNG")
    assert len(upload) < 100_000
    assert refusal(upload) == "too_many_pixels"


@pytest.mark.parametrize("side", [7000, 10_000, 60_000])
def test_too_many_pixels_are_refused_from_the_header_alone(side):
    assert refusal(png_by_hand(side, side, idat=zlib.compress(b""))) == "too_many_pixels"


def test_a_file_that_says_it_is_too_large_is_not_even_read():
    with pytest.raises(RefusedPicture, match="20 MB"):
        clean_picture(Unreadable())


def test_a_file_that_hides_its_size_is_read_no_further_than_the_limit():
    assert refusal(saved(drawn(), "JPEG") + bytes(MAX_BYTES)) == "too_many_bytes"


def test_a_picture_smaller_than_asked_is_refused():
    assert refusal(saved(drawn(size=(300, 199)), "PNG"), min_side=200) == "too_small"
    assert cleaned(saved(drawn(size=(300, 200)), "PNG"), min_side=200).height == 200


@pytest.mark.parametrize("kind", ["EPS", "TIFF", "BMP", "GIF", "ICO", "PPM", "TGA", "JPEG2000", "PDF", "AVIF"])
def test_another_format_is_refused_whatever_its_name(kind):
    file = BytesIO(saved(drawn(), kind))
    file.name = "foto.jpg"
    with pytest.raises(RefusedPicture) as caught:
        clean_picture(file)
    assert caught.value.code == "wrong_format"


@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
        HTML,
        b"GIF89a",
        b"MZ\x90",
        b"\x00",
        b"RIFF",
    ],
)
def test_text_and_programs_are_refused(content):
    assert refusal(content) == "wrong_format"


def test_an_empty_file_is_refused():
    assert refusal(b"") == "empty"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_cut_off_picture_is_refused(kind, share):
    noisy = Image.effect_noise((300, 200), 90).convert("RGB")
    upload = saved(noisy, kind)
    assert refusal(upload[: int(len(upload) * share)]) == "damaged"


def test_a_progressive_jpeg_cut_off_is_refused():
    upload = saved(Image.effect_noise((300, 200), 90), "JPEG", progressive=True)
    assert refusal(upload[: len(upload) // 2]) == "damaged"


def test_a_jpeg_of_thousands_of_scans_is_refused_before_decoding():
    upload = saved(drawn(), "JPEG", progressive=True)
    assert refusal(upload[:-2] + b"\xff\xda\x00\x08\x01\x01\x00\x01\x3f\x00" * 5000) == "damaged"


@pytest.mark.parametrize("kind", [b"zTXt", b"iTXt", b"iCCP"])
def test_text_that_unpacks_to_hundreds_of_megabytes_never_reaches_the_result(kind):
    bomb = zlib.compress(bytes(100_000_000), 9)
    body = b"a\0\1\0\0\0" + bomb if kind == b"iTXt" else b"a\0\0" + bomb
    assert refusal(png_by_hand(300, 200, (kind, body), idat=zlib.compress(bytes(901 * 200)))) == "damaged"


def test_pixel_data_that_unpacks_past_the_picture_is_harmless():
    picture = cleaned(png_by_hand(300, 200, idat=zlib.compress(bytes(50_000_000), 9)))
    assert (picture.width, picture.height) == (300, 200)


def test_no_setting_of_pillow_is_changed():
    before = (Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES)
    cleaned(saved(drawn(), "PNG"))
    assert (Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES) == before == (89_478_485, False)


SOUND = [saved(drawn(size=(40, 30)), kind) for kind in ("JPEG", "PNG", "WEBP")]
SOUND.append(saved(drawn("P", size=(40, 30)), "PNG", transparency=0))
SOUND.append(saved(drawn(size=(40, 30)), "JPEG", progressive=True, exif=b"Exif\0\0II*\0\x08\0\0\0\1\0"))


def is_clean_or_refused(content):
    try:
        picture = cleaned(content)
    except RefusedPicture as refused:
        return bool(refused.messages[0])
    image = reopened(picture)
    return (image.size, image.format) == ((picture.width, picture.height), picture.format)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
@example(b"\xff\xd8\xff")
@example(b"\x89PNG\r\n\x1a\n")
def test_random_bytes_are_cleaned_or_refused(content):
    assert is_clean_or_refused(content)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(SOUND), st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6)), max_size=4))
def test_a_damaged_picture_is_cleaned_or_refused(upload, scars):
    content = bytearray(upload)
    for place, scar in scars:
        at = int(place * len(content))
        content[at : at + len(scar)] = scar
    assert is_clean_or_refused(bytes(content))


def test_the_reasons_are_told_in_whole_sentences():
    assert "20 MB" in images._too_many_bytes().messages[0]
    assert "40 megapiksel" in images._too_many_pixels().messages[0]
    assert "150 × 90" in images._too_small(150, 90, 200).messages[0]
