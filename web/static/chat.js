"use strict";
/* The page: shows what the store keeps, and hands what the visitor does to the line. */
const $ = (id) => document.getElementById(id);
const [log, text, composer, banner, newest, typing, sure] =
  ["log", "text", "composer", "banner", "newest", "typing", "sure"].map($);
const limit = Number(document.body.dataset.limit);
const header = document.querySelector(".top");
const nodes = new Map(); // item id or day → element
const notes = new Map(); // item id → why it has not been sent yet
const timers = {};
let pressed = null;
let away = false;
let loaded = false;
let glidesUntil = 0;

const store = new Store();
const line = new Line(store, {
  typing: () => {
    const near = atEnd();
    typing.hidden = false;
    later("typing", 20, () => (typing.hidden = true));
    if (near) toEnd();
  },
  answered: () => {
    typing.hidden = true;
    clearTimeout(timers.typing);
    release();
  },
  connected: (yes) => {
    if (yes) {
      clearTimeout(timers.away);
      timers.away = 0;
      if (away) setAway(false);
    } else if (!away && !timers.away) later("away", 1.5, () => setAway(true)); // a short break is not worth a word
  },
  held: (id, seconds) => {
    notes.set(id, seconds ? words.later.replace("{seconds}", seconds) : "");
    typing.hidden = true;
    show();
  },
});

// The conversation

function show() {
  const near = atEnd();
  const { items } = store.state;
  const wanted = [];
  let day = words.today;
  for (const item of items) {
    const itsDay = dayOf(item.at);
    if (itsDay !== day) wanted.push([`day ${itsDay}`, () => make("p", "day", itsDay)]);
    day = itsDay;
    wanted.push([item.id, () => messageOf(item)]);
  }
  const last = arrange(wanted);
  for (const item of items) if (item.who === "me") showState(nodes.get(item.id).lastChild, item);
  if (!last) {
    if (near && loaded) toEnd();
    return;
  }
  const mine = last.classList.contains("me");
  if (loaded) last.classList.add("fresh");
  if (near || mine) reveal(last);
  else newest.hidden = false;
}

/* Bring the log into the wanted order; returns the last message that was added, if any. */
function arrange(wanted) {
  const keys = new Set(wanted.map(([key]) => key));
  for (const [key, node] of nodes) {
    if (keys.has(key)) continue;
    node.remove();
    nodes.delete(key);
  }
  let added = null;
  wanted.forEach(([key, build], index) => {
    if (!nodes.has(key)) nodes.set(key, (added = build()));
    const node = nodes.get(key);
    if (log.children[index] !== node) log.insertBefore(node, log.children[index] || null);
  });
  return added;
}

function showState(place, item) {
  const key = [item.state, item.error, notes.has(item.id), notes.get(item.id)].join("|");
  if (place.dataset.key === key) return; // nothing is announced twice
  place.dataset.key = key;
  place.className = "state";
  place.replaceChildren();
  if (item.state === "refused") {
    place.classList.add("held");
    place.append(make("span", "", item.error || words.unsent), again(item));
  } else if (item.state === "waiting" && notes.has(item.id)) {
    place.classList.add("held");
    place.append(make("span", "", `${words.unsent} ${notes.get(item.id)}`), again(item));
  } else if (item.state === "waiting") {
    place.classList.add("sending");
    place.append(words.sending);
  }
}

function again(item) {
  const button = make("button", "", words.again);
  button.type = "button";
  button.addEventListener("click", () => {
    notes.delete(item.id);
    line.again(item.id);
    text.focus({ preventScroll: true });
  });
  return button;
}

// Scrolling

function atEnd() {
  if (Date.now() < glidesUntil) return true; // still on the way to the question when the answer comes
  return innerHeight + scrollY >= document.documentElement.scrollHeight - 140;
}

function toEnd(behavior = "smooth") {
  glidesUntil = Date.now() + 800;
  scrollTo({ top: document.documentElement.scrollHeight, behavior });
}

/* A long reply is shown from its beginning, with the question where there is room. */
function reveal(node) {
  newest.hidden = true;
  const behavior = loaded ? "smooth" : "auto";
  const room = innerHeight - composer.offsetHeight - header.offsetHeight - 24;
  if (!node.classList.contains("bot") || node.offsetHeight < room) return toEnd(behavior);
  const before = node.previousElementSibling;
  const first = before?.classList.contains("me") && before.offsetHeight < room / 4 ? before : node;
  const covered = header.classList.contains("tall") ? 0 : header.offsetHeight;
  scrollTo({ top: first.getBoundingClientRect().top + scrollY - covered - 12, behavior });
}

addEventListener("scroll", () => atEnd() && (newest.hidden = true), { passive: true });
newest.addEventListener("click", () => {
  toEnd();
  text.focus({ preventScroll: true });
});

function fit() {
  header.classList.toggle("tall", header.offsetHeight > innerHeight / 5);
}

new ResizeObserver(fit).observe(header);
addEventListener("resize", fit);

// Writing

function grow() {
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight + 2}px`;
  const left = limit - [...text.value.normalize("NFC").trim()].length;
  const count = $("count");
  count.classList.toggle("over", left < 0);
  count.textContent = left > 300 ? "" : (left < 0 ? words.over : words.left).replace("{count}", Math.abs(left));
  text.setCustomValidity(left < 0 ? count.textContent : "");
}

/* Other pages lead here with a question: `/#q=…` writes it out, and whoever means it sends it. */
function prefill() {
  const asked = new URLSearchParams(location.hash.slice(1)).get("q");
  if (!asked) return;
  history.replaceState(null, "", location.pathname);
  text.value = asked.slice(0, limit);
  grow();
  text.focus({ preventScroll: true });
}

addEventListener("hashchange", prefill);
text.addEventListener("input", grow);
text.addEventListener("keydown", (event) => {
  // While a Vietnamese keyboard composes a syllable, Enter ends the syllable (229 is how Safari tells).
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  composer.requestSubmit();
});
composer.addEventListener("submit", (event) => {
  event.preventDefault();
  const content = text.value.normalize("NFC").trim();
  if (content) line.send({ text: content });
  text.value = "";
  grow();
  text.focus({ preventScroll: true });
});

// Buttons

document.addEventListener("click", (event) => {
  const button = event.target.closest("button.choice");
  if (!button || button.getAttribute("aria-disabled") === "true") return;
  const { ask, payload } = button.dataset;
  if (ask) line.send({ text: ask });
  else if (payload) {
    release();
    pressed = button;
    pressed.setAttribute("aria-disabled", "true"); // not `disabled`: the keyboard would lose its place
    later("pressed", 8, release);
    line.send({ payload, label: button.textContent });
  }
});

function release() {
  pressed?.removeAttribute("aria-disabled");
  pressed = null;
}

$("erase").addEventListener("click", () => {
  sure.returnValue = "";
  sure.showModal();
});
sure.addEventListener("close", () => {
  if (sure.returnValue !== "yes") return;
  const { known, start } = store.state;
  store.change((state) => (state.items = []));
  typing.hidden = true;
  if (known || start) line.send({ text: "/xoadulieu" });
  else say(words.erased);
  text.focus({ preventScroll: true });
});

// The line

function setAway(yes) {
  away = yes;
  showLine();
}

function showLine() {
  document.body.classList.toggle("away", away || !navigator.onLine);
  if (!navigator.onLine) say(words.offline, true);
  else if (!navigator.cookieEnabled) say(words.cookies, true);
  else if (away) say(words.reconnecting, true);
  else say("");
}

function say(sentence, lasting = false) {
  if (banner.textContent !== sentence) banner.textContent = sentence;
  banner.hidden = !sentence;
  clearTimeout(timers.banner);
  if (sentence && !lasting) later("banner", 6, showLine);
}

function later(name, seconds, fn) {
  clearTimeout(timers[name]);
  timers[name] = setTimeout(fn, seconds * 1000);
}

addEventListener("online", showLine);
addEventListener("offline", showLine);

log.setAttribute("aria-busy", "true"); // what was said before is not read out again
store.changed = show;
show();
showLine();
grow();
prefill();
requestAnimationFrame(() => {
  log.removeAttribute("aria-busy");
  loaded = true;
});
line.start();
