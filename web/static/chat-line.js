"use strict";
/* The line to the server: messages go out one after the other until they are accepted, replies come in until they are
   stored. Both may be repeated at any time; ids make a repetition harmless. */
class Line {
  static POST_SECONDS = 20;
  static FIRST_SECONDS = 10; // a stream that is silent for so long does not get through
  static SILENT_SECONDS = 40; // the server says something every 15
  static POLL_SECONDS = 25;
  static HIDDEN_SECONDS = 60; // browsers allow six connections to a server: tabs that nobody looks at let go
  static STREAM_TRIES = 2;
  static FORGET_SECONDS = 2; // for what may still follow the reply that everything has been deleted

  /* view: typing(), answered(), connected(yes), held(id, seconds) */
  constructor(store, view) {
    this.store = store;
    this.view = view;
    this.sleepers = new Set();
    this.asleep = false;
    this.source = null;
    this.polling = null;
    addEventListener("online", () => this.hurry());
    addEventListener("pageshow", () => this.wake());
    addEventListener("pagehide", () => this.sleep());
    document.addEventListener("visibilitychange", () => {
      clearTimeout(this.hidden);
      if (document.hidden) this.hidden = setTimeout(() => this.sleep(), Line.HIDDEN_SECONDS * 1000);
      else this.wake();
    });
  }

  start() {
    this.pump();
    this.listen();
  }

  send(content) {
    const item = { id: random(), who: "me", at: Date.now(), state: "waiting", ...content };
    this.store.change((state) => state.items.push(item));
    this.pump();
    return item.id;
  }

  again(id) {
    this.store.change((state) => {
      const item = state.items.find((one) => one.id === id);
      if (item) item.state = "waiting";
    });
    this.hurry();
    this.pump();
  }

  hurry() {
    for (const wake of [...this.sleepers]) wake();
  }

  // Out

  async pump() {
    if (this.pumping) return;
    this.pumping = true;
    let failures = 0;
    for (;;) {
      const item = this.store.state.items.find((one) => one.state === "waiting");
      if (!this.store.state.forget && !item) break;
      const wait = this.store.state.forget ? await this.forget() : await this.post(item);
      if (wait === 0) failures = 0;
      else await this.rest(this.held(item, wait, ++failures));
    }
    this.pumping = false;
  }

  /* Seconds to wait before the next try: the server's wish, or longer and longer. */
  held(item, wished, failures) {
    const seconds = wished || backoff(failures);
    if (item) this.view.held(item.id, wished ? Math.ceil(seconds) : 0);
    return seconds;
  }

  /* 0: done with it. A number: the server wants us to wait. null: it could not be reached. */
  async post(item) {
    if (!this.store.state.start) this.store.change((state) => (state.start = random()));
    const { start, seen } = this.store.state;
    const content = item.payload ? { payload: item.payload } : { text: item.text };
    const answer = await this.ask("/chat/messages", { id: item.id, start, seen, ...content });
    if (answer.again) return answer.wait;
    this.store.change((state) => {
      const sent = state.items.find((one) => one.id === item.id);
      if (answer.ok) Object.assign(state, { known: true, start: "" });
      if (answer.ok && asksToErase(item)) state.erasing = item.id;
      if (sent) Object.assign(sent, { state: answer.ok ? "sent" : "refused", error: answer.error });
    });
    if (answer.ok) {
      if (this.store.state.items.at(-1)?.who === "me") this.view.typing();
      this.listen();
    }
    return 0;
  }

  async forget() {
    const answer = await this.ask("/chat/forget", {});
    if (answer.again) return answer.wait;
    this.store.change((state) => Object.assign(state, { forget: false, known: false, start: "", erasing: "" }));
    this.hangUp();
    return 0;
  }

  async ask(address, data) {
    try {
      const response = await fetch(address, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(data),
        signal: after(Line.POST_SECONDS),
      });
      if (response.ok) return { ok: true };
      if (response.status === 429 || response.status >= 500) return { again: true, wait: patience(response) };
      return { error: (await response.json().catch(() => ({}))).error || "" };
    } catch {
      return { again: true, wait: null };
    }
  }

  // In

  async listen() {
    if (this.listening) return;
    this.listening = true;
    let failures = 0;
    let deaf = window.EventSource ? 0 : Line.STREAM_TRIES;
    while (this.store.state.known && !this.asleep) {
      if (deaf < Line.STREAM_TRIES && (await this.stream())) {
        [failures, deaf] = [0, 0];
        await this.rest(Math.random()); // when a server restarts, not all of its visitors come in the same moment
        continue;
      }
      if (this.asleep) break;
      const wait = await this.poll(deaf < Line.STREAM_TRIES ? 0 : Line.POLL_SECONDS);
      if (wait === 0) [failures, deaf] = [0, deaf + 1];
      else if (!this.asleep) {
        this.view.connected(false);
        await this.rest(wait || backoff(++failures));
      }
    }
    this.listening = false;
  }

  /* Until the stream breaks. True when anything came through it. */
  stream() {
    return new Promise((resolve) => {
      const source = (this.source = new EventSource(`/chat/events?after=${this.store.state.seen}`));
      let heard = false;
      let watch = 0;
      const end = () => {
        clearTimeout(watch);
        source.close();
        if (this.source === source) this.source = null;
        resolve(heard);
      };
      const alive = () => {
        heard = true;
        clearTimeout(watch);
        watch = setTimeout(end, Line.SILENT_SECONDS * 1000);
        this.view.connected(true);
      };
      watch = setTimeout(end, Line.FIRST_SECONDS * 1000);
      source.onerror = end;
      source.hangUp = end;
      source.addEventListener("beat", alive);
      source.addEventListener("typing", () => (alive(), this.view.typing()));
      source.addEventListener("reply", (event) => {
        alive();
        this.take({ sequence: Number(event.lastEventId), ...JSON.parse(event.data) });
      });
    });
  }

  /* 0: the server answered. A number: it wants us to wait. null: it could not be reached. */
  async poll(seconds) {
    const begun = Date.now();
    this.polling = new AbortController();
    const limit = setTimeout(() => this.polling?.abort(), (seconds + Line.POST_SECONDS) * 1000);
    try {
      const address = `/chat/replies?after=${this.store.state.seen}&wait=${seconds}`;
      const response = await fetch(address, { signal: this.polling.signal });
      if (response.status === 401) this.store.change((state) => (state.known = false)); // nothing waits for us there
      else if (!response.ok) return patience(response);
      else {
        const { replies, typing } = await response.json();
        this.view.connected(true);
        for (const reply of replies) this.take(reply);
        if (typing) this.view.typing();
        else if (seconds && !replies.length && Date.now() - begun < 2000) return 5; // it has no room for those who wait
      }
      return 0;
    } catch {
      return null;
    } finally {
      clearTimeout(limit);
      this.polling = null;
    }
  }

  take({ sequence, key, ...reply }) {
    this.store.change((state) => {
      state.seen = sequence;
      if (state.items.some((item) => item.id === key)) return; // delivered twice
      const item = { id: key, who: "bot", at: Date.now(), ...reply };
      if (state.erasing && (!reply.reply_to || reply.reply_to === state.erasing)) {
        Object.assign(state, { items: state.items.filter((one) => one.state === "waiting"), erasing: "", forget: true });
        state.items.unshift(item);
      } else state.items.push(item);
    });
    this.view.answered();
    if (this.store.state.forget) setTimeout(() => this.pump(), Line.FORGET_SECONDS * 1000);
  }

  // Rest

  rest(seconds) {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.sleepers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, seconds * 1000);
      this.sleepers.add(wake);
    });
  }

  sleep() {
    this.asleep = true;
    this.hangUp();
  }

  hangUp() {
    this.source?.hangUp();
    this.polling?.abort();
  }

  wake() {
    this.asleep = false;
    this.hurry();
    this.start();
  }
}

/* The words that delete everything, with or without accents, slash and spaces. */
function asksToErase(item) {
  const letters = (item.text || "").normalize("NFD").toLowerCase().replace(/\p{M}/gu, "").replace(/đ/g, "d");
  return letters.replace(/[\s/]/g, "") === "xoadulieu";
}

function backoff(failures) {
  return Math.min(30, 2 ** (failures - 1)) * (0.75 + Math.random() / 2);
}

function patience(response) {
  const seconds = Number(response.headers.get("Retry-After"));
  return seconds > 0 ? Math.min(60, seconds) : null;
}

function after(seconds) {
  const abort = new AbortController();
  setTimeout(() => abort.abort(), seconds * 1000);
  return abort.signal;
}
