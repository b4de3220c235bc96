"use strict";
/* The page of a digest: copies, shares, and tells that it was opened. Everything can be read and copied without it. */
const [text, copy, share, said] = ["text", "copy", "share", "said"].map((id) => document.getElementById(id));
const here = location.pathname;

copy.hidden = false;
copy.addEventListener("click", async () => {
  said.textContent = (await copied()) ? copy.dataset.done : copy.dataset.failed;
});

async function copied() {
  try {
    await navigator.clipboard.writeText(text.value);
    return true;
  } catch {
    // Not a secure address, or an app's own browser: the old way, by hand as it were.
    text.focus();
    text.select();
    return document.execCommand("copy");
  }
}

if (navigator.share) {
  share.hidden = false;
  share.addEventListener("click", () => {
    const url = location.origin + here + location.search;
    navigator.share({ title: share.dataset.title, text: share.dataset.title, url }).catch(() => {}); // put away again
  });
}

addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((one) => (one.open = true)));

/* Once for each load that somebody sees: not for a page that is fetched ahead and never looked at. */
let told = false;

function opened() {
  if (told || document.hidden || document.prerendering) return;
  told = true;
  const u = new URLSearchParams(location.search).get("u") || "";
  fetch(`${here}/opened`, {
    method: "POST",
    keepalive: true, // also when the reader is gone at once
    credentials: "omit", // the cookie of the chat has no business here
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ u }),
  }).catch(() => {}); // one opening less
}

document.addEventListener("visibilitychange", opened);
document.addEventListener("prerenderingchange", opened);
opened();
