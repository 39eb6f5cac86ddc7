"""The point of a picture that every crop keeps, in steps coarse enough for one class and one file each."""

STEP = 5  # per cent; the classes in `static/css/tokens.css` and the names of share pictures go by it
CENTRE = 50


def step_of(share: float) -> int:
    """The step in per cent nearest to a point that lies at `share` (0 to 1) of the picture's side."""
    return min(100, max(0, round(share * 100 / STEP) * STEP))


def steps_of(x: float, y: float) -> tuple[int, int]:
    """The steps in per cent, from the left and from the top, of a focal point."""
    return step_of(x), step_of(y)


def focal_classes(x: float, y: float) -> str:
    """The classes that move a cropped picture to its focal point; none for the middle."""
    across, down = steps_of(x, y)
    names = [f"fx-{across}"] * (across != CENTRE) + [f"fy-{down}"] * (down != CENTRE)
    return " ".join(names)
