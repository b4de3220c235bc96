"use strict";
/* Messages as elements. Everything that comes from outside becomes text, never markup. */
const words = JSON.parse(document.getElementById("texts").textContent);

function make(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children);
  return node;
}

function messageOf(item) {
  const prefix = make("span", "unseen", item.who === "me" ? words.you : words.bot, " ");
  if (item.who === "me") {
    const bubble = make("div", "bubble", prefix, item.label || item.text || "");
    return make("div", "me", bubble, make("div", "state"));
  }
  const picture = item.picture ? [pictureOf(item)] : [];
  const content = item.file ? fileOf(item) : [...picture, ...textOf(item.parts || [])];
  const bubble = make("div", "bubble", prefix, ...content);
  const message = make("div", "bot", bubble);
  if (item.choices?.length) message.append(make("div", "choices", ...item.choices.map(choiceOf).filter(Boolean)));
  return message;
}

/* A paragraph in italics says what an answer rests on, or how to take it: it is set apart. */
function textOf(parts) {
  const nodes = [];
  let open = true; // at the beginning of a paragraph
  let trim = false; // just after what is set apart
  parts.forEach(([raw, style], index) => {
    const text = trim ? raw.replace(/^\n+/, "") : raw;
    const next = parts[index + 1];
    const closed = !next || /^\n/.test(next[0]);
    if (style === "italic" && open && (closed || /\n$/.test(text)) && text.trim()) {
      trimEnd(nodes);
      const kind = text.trim().startsWith(words.source) ? "source" : "note";
      nodes.push(make("span", kind, ...linked(text.trim())));
      [open, trim] = [true, true];
      return;
    }
    if (!text) return;
    nodes.push(...(style === "plain" ? linked(text) : [make(style === "bold" ? "strong" : "em", "", ...linked(text))]));
    [open, trim] = [/\n$/.test(text), false];
  });
  return nodes;
}

function trimEnd(nodes) {
  while (nodes.length && typeof nodes.at(-1) === "string") {
    const text = nodes.pop().replace(/\n+$/, "");
    if (text) return void nodes.push(text);
  }
}

/* Strings and links of a text. */
function linked(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(/https?:\/\/[^\s<>"“”]+/g)) {
    const shown = match[0].replace(/[.,;:!?)\]}'»]+$/, "");
    const link = linkTo(shown, shown);
    if (!link) continue;
    nodes.push(text.slice(from, match.index), link);
    from = match.index + shown.length;
  }
  nodes.push(text.slice(from));
  return nodes.filter((node) => node !== "");
}

/* null for what is no web address: a reply must not be able to run a script. */
function linkTo(address, label, className = "") {
  let url;
  try {
    url = new URL(address, location.href);
  } catch {
    return null;
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") return null;
  const link = make("a", className, label, make("span", "unseen", " ", words.new_tab));
  link.href = url.href;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  return link;
}

function choiceOf({ label, payload, url }) {
  if (url) return linkTo(url, label, "choice");
  const button = make("button", "choice", label);
  button.type = "button";
  button.dataset.payload = payload;
  return button;
}

/* Below our own address only: nobody else learns that it is looked at. What cannot be loaded shows its words. */
function pictureOf({ picture, alt }) {
  if (!/^\/(?!\/)/.test(picture)) return alt;
  const image = make("img", "picture");
  image.alt = alt;
  image.decoding = "async";
  image.src = picture;
  return image;
}

function fileOf({ file, url, caption }) {
  const link = linkTo(url, file, "file");
  return [...(caption ? linked(caption) : []), link || file];
}

function dayOf(at) {
  const day = new Date(at);
  const name = day.toLocaleDateString("vi-VN", { day: "2-digit", month: "2-digit", year: "numeric" });
  const today = new Date();
  if (day.toDateString() === today.toDateString()) return words.today;
  today.setDate(today.getDate() - 1);
  return day.toDateString() === today.toDateString() ? words.yesterday : name;
}
