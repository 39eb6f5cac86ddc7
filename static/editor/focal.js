// Makes a picture the place where its focal point is chosen: by a click, or with the arrow keys from the keyboard.
const STEP = 5;
const SHARE = 1200 / 630;
const ARROWS = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
const within = (value) => Math.min(100, Math.max(0, Math.round(value / STEP) * STEP));

function inputsOf(focal) {
  const place = focal.closest(".inline-related") ?? focal.closest("form");
  return ["x", "y"].map((side) => place?.querySelector(`input[name$="focal_${side}"]`));
}

// The share picture is cropped around its point as the server does it, which is not what object-position does.
function around(point, full, kept) {
  return full === kept ? 50 : Math.min(100, Math.max(0, ((full * point) / 100 - kept / 2) / (full - kept) * 100));
}

function shown(image, [x, y]) {
  const [width, height] = [image.naturalWidth || 1, image.naturalHeight || 1];
  if (!image.closest(".focal__crop--share")) return `${x}% ${y}%`;
  const [wide, high] = [Math.min(width, height * SHARE), Math.min(height, width / SHARE)];
  return `${around(x, width, wide)}% ${around(y, height, high)}%`;
}

function draw(focal, say = false) {
  const inputs = inputsOf(focal);
  const point = inputs.map((input) => within(input.value === "" ? 50 : Number(input.value)));
  const mark = focal.querySelector(".focal__mark");
  [mark.style.left, mark.style.top] = point.map((value) => `${value}%`);
  for (const image of focal.querySelectorAll(".focal__crop img")) image.style.objectPosition = shown(image, point);
  const said = focal.querySelector(".focal__said");
  const text = focal.dataset.said.replace("%x", point[0]).replace("%y", point[1]);
  if (say || !said.textContent) said.textContent = text;
}

function put(focal, point) {
  inputsOf(focal).forEach((input, side) => {
    input.value = within(point[side]);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  draw(focal, true);
}

function onKey(focal, event) {
  const step = ARROWS[event.key];
  if (!step) return;
  event.preventDefault();
  put(focal, inputsOf(focal).map((input, side) => (input.value === "" ? 50 : Number(input.value)) + step[side]));
}

function onClick(focal, event) {
  if (event.detail === 0) return; // Enter and space press the button without a place
  const box = focal.querySelector(".focal__stage img").getBoundingClientRect();
  put(focal, [(event.clientX - box.left) / box.width * 100, (event.clientY - box.top) / box.height * 100]);
}

// A row that begins without a photo has places for pictures, and none in them.
function fill(focal) {
  for (const place of focal.querySelectorAll(".focal__stage, .focal__crop")) {
    if (!place.querySelector("img")) place.append(new Image());
  }
  focal.querySelector(".focal__stage img").classList.add("library-photo");
}

export function enhance(focal) {
  if (focal.dataset.ready || inputsOf(focal).some((input) => !input)) return;
  focal.dataset.ready = "yes";
  fill(focal);
  const stage = document.createElement("button");
  stage.type = "button";
  stage.className = "focal__stage";
  stage.setAttribute("aria-label", focal.dataset.hint);
  const mark = document.createElement("span");
  mark.className = "focal__mark";
  stage.append(focal.querySelector(".focal__stage img"), mark);
  focal.querySelector(".focal__stage").replaceWith(stage);
  const said = document.createElement("p");
  said.className = "focal__said";
  said.setAttribute("role", "status");
  focal.append(said);
  focal.querySelector(".focal__crops").hidden = false;
  stage.addEventListener("click", (event) => onClick(focal, event));
  stage.addEventListener("keydown", (event) => onKey(focal, event));
  for (const input of inputsOf(focal)) input.addEventListener("input", () => draw(focal, true));
  for (const image of focal.querySelectorAll("img")) image.addEventListener("load", () => draw(focal));
  draw(focal);
}

// Puts another picture, with the focal point it has in the library, in place of the present one.
export function show(focal, photo) {
  focal.hidden = !photo;
  if (!photo) return;
  enhance(focal);
  for (const image of focal.querySelectorAll("img")) [image.src, image.alt] = [photo.src, ""];
  focal.querySelector(".focal__stage img").alt = photo.alt || photo.title;
  put(focal, [photo.focal_x, photo.focal_y]);
}

for (const focal of document.querySelectorAll("[data-focal]:not(.empty-form *)")) enhance(focal);
document.addEventListener("formset:added", (event) => {
  for (const focal of event.target.querySelectorAll("[data-focal]")) enhance(focal);
});
