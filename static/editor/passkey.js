// Asks the device for a passkey when a form marked for it is sent, and sends the answer in its place.
const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const listed = (credentials) => credentials?.map((credential) => ({ ...credential, id: toBytes(credential.id) }));

function forCreation({ user, challenge, excludeCredentials, ...rest }) {
  return {
    ...rest,
    challenge: toBytes(challenge),
    user: { ...user, id: toBytes(user.id) },
    excludeCredentials: listed(excludeCredentials),
  };
}

function forProof({ challenge, allowCredentials, ...rest }) {
  return { ...rest, challenge: toBytes(challenge), allowCredentials: listed(allowCredentials) };
}

function asJson(credential) {
  const { response } = credential;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const given = parts.filter((part) => response[part]).map((part) => [part, toText(response[part])]);
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { ...Object.fromEntries(given), transports: response.getTransports?.() },
  };
}

async function ask(kind) {
  const { creation_options: creation, request_options: proof } = JSON.parse(
    document.getElementById("passkey-options").textContent,
  );
  return kind === "create"
    ? navigator.credentials.create({ publicKey: forCreation(creation.publicKey) })
    : navigator.credentials.get({ publicKey: forProof(proof.publicKey) });
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const answer = form.querySelector("[name=credential]");
  const failed = document.querySelector("[data-passkey-failed]");
  let answered = false;
  form.addEventListener("submit", async (event) => {
    if (answered) return;
    event.preventDefault();
    failed.hidden = true;
    try {
      answer.value = JSON.stringify(asJson(await ask(form.dataset.passkey)));
      answered = true;
      form.requestSubmit();
    } catch {
      failed.hidden = false;
    }
  });
}
