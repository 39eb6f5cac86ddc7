// Sends one picture to the library, with a bar that shows how far it is, and tells in sentences what was wrong.
const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;
const LOST = "Unggahan terputus. Periksa sambungan, lalu pilih berkasnya lagi.";

function line(list, name) {
  const item = document.createElement("li");
  const label = document.createElement("span");
  const bar = document.createElement("progress");
  label.textContent = name;
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", `Mengunggah ${name}`);
  item.append(label, bar);
  list.append(item);
  return {
    at: (share) => { bar.value = share; },
    end: (text, failed) => {
      bar.remove();
      label.textContent = `${name}: ${text}`;
      item.className = failed ? "picker__failed" : "";
    },
  };
}

function send(url, data, at) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (event) => event.lengthComputable && at(event.loaded / event.total));
    request.addEventListener("loadend", () => resolve(request));
    request.open("POST", url);
    request.setRequestHeader("X-CSRFToken", token());
    request.setRequestHeader("Accept", "application/json");
    request.send(data);
  });
}

function read(request) {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return { errors: [request.status === 413 ? "Berkas ini terlalu besar." : LOST] };
  }
}

// Resolves to the new photo, or to null once the list says why there is none.
export async function upload(file, { url, office, list }) {
  const shown = line(list, file.name);
  const data = new FormData();
  data.append("office", office);
  data.append("title", file.name.replace(/\.[^.]*$/, "").slice(0, 160) || "Foto");
  data.append("file", file);
  const { photo = null, errors = [] } = read(await send(url, data, shown.at));
  shown.end(photo ? "sudah masuk pustaka." : errors.join(" ") || LOST, !photo);
  return photo;
}
