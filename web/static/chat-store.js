"use strict";
/* What the browser keeps: the conversation, bounded, shared by all tabs of this browser, nowhere else.

   items    {id, who: "me", at, text | payload + label, state: "waiting" | "sent" | "refused", error}
            {id, who: "bot", at, parts, choices, picture, alt | file, url, caption}      id is the reply's key
   seen     sequence of the last reply that is stored here: the server deletes its copy up to it
   known    the server has given us a cookie
   start    random; makes the first message the same message when it has to be sent again
   erasing  id of a message that asked for everything to be deleted
   forget   the server has still to be told that this browser is to be forgotten */
class Store {
  static KEY = "hoidap.chat.1";
  static ITEMS = 200;
  static CHARACTERS = 400000;

  constructor() {
    this.changed = () => {};
    this.volatile = false; // private windows may refuse to store: then this tab keeps its own copy
    this.state = this.read() || { items: [], seen: 0, known: false, start: "", erasing: "", forget: false };
    addEventListener("storage", (event) => {
      if (event.key !== Store.KEY && event.key !== null) return;
      this.state = this.read() || this.state;
      this.changed();
    });
  }

  /* Read again before each change: another tab may have written meanwhile. */
  change(fn) {
    this.state = this.read() || this.state;
    fn(this.state);
    this.write();
    this.changed();
  }

  item(id) {
    return this.state.items.find((item) => item.id === id);
  }

  read() {
    if (this.volatile) return null;
    try {
      const state = JSON.parse(localStorage.getItem(Store.KEY));
      return state && Array.isArray(state.items) && Number.isSafeInteger(state.seen) ? state : null;
    } catch {
      return null;
    }
  }

  write() {
    const { items } = this.state;
    if (items.length > Store.ITEMS) items.splice(0, items.length - Store.ITEMS);
    let text = JSON.stringify(this.state);
    while (text.length > Store.CHARACTERS && items.length > 1) {
      items.splice(0, Math.ceil(items.length / 10));
      text = JSON.stringify(this.state);
    }
    try {
      localStorage.setItem(Store.KEY, text);
    } catch {
      this.volatile = true;
    }
  }
}

function random() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
