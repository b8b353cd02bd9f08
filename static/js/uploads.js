// Sends a list in pieces, so that a break costs a piece and not the file. Without this script, and
// wherever it cannot do its work, the form sends the file in one.
(() => {
  const LARGEST = 1024 * 1024, SMALLEST = 64 * 1024, FIRST = 256 * 1024; // bytes of a piece
  const QUICK = 4000, PATIENCE = 120000, LONGEST_PAUSE = 30000; // milliseconds
  const ATTEMPTS = 2; // a file that arrives damaged so often is not sent again

  class Refusal extends Error {}
  class Gone extends Error {}
  class Plain extends Error {} // let the form do it

  const language = document.documentElement.lang || undefined;
  const amount = (bytes) => new Intl.NumberFormat(language, {
    style: "unit", unit: "megabyte", maximumFractionDigits: 1,
  }).format(bytes / LARGEST);
  const filled = (text, facts) => text.replace(/\{(\w+)\}/g, (_all, name) => facts[name]);

  const hashed = async (file) => {
    const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  // What was begun in this browser and not finished, by the content of the file.
  const memory = {
    read(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
    write(key, facts) { try { localStorage.setItem(key, JSON.stringify(facts)); } catch { /* full or closed */ } },
    forget(key) { try { localStorage.removeItem(key); } catch { /* closed */ } },
    names(start) { try { return Object.keys(localStorage).filter((key) => key.startsWith(start)); } catch { return []; } },
  };

  class Transfer {
    constructor(root, file, subject) {
      Object.assign(this, { root, file, subject, size: FIRST, stopped: new AbortController() });
      this.panel = root.querySelector("[data-transfer]");
      this.token = root.querySelector("[name=csrfmiddlewaretoken]").value;
    }

    get address() { return `${this.root.dataset.address}/${this.uid}`; }

    say(name, facts = {}) {
      const words = this.panel.querySelector("[data-words]");
      const text = filled(this.root.dataset[name], facts);
      if (words.textContent !== text) words.textContent = text;
    }

    show(offset) {
      const bar = this.panel.querySelector("progress");
      [bar.max, bar.value] = [this.file.size, offset];
      const facts = { done: amount(offset), all: amount(this.file.size) };
      bar.textContent = this.panel.querySelector("[data-count]").textContent = filled(this.root.dataset.count, facts);
    }

    async ask(address, options = {}) {
      const signal = AbortSignal.any
        ? AbortSignal.any([this.stopped.signal, AbortSignal.timeout(PATIENCE)])
        : this.stopped.signal;
      const headers = { "X-CSRFToken": this.token, Accept: "application/json", ...options.headers };
      return fetch(address, { credentials: "same-origin", ...options, headers, signal });
    }

    // Asks until there is an answer; pauses grow, and end at once when the line is back.
    async patiently(address, options) {
      for (let pause = 1000; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
        try {
          const answer = await this.ask(address, options);
          if (answer.status < 500 && answer.status !== 429) return answer;
        } catch (error) {
          if (this.stopped.signal.aborted) throw error;
        }
        this.say("broken");
        await this.pause(pause);
      }
    }

    pause(milliseconds) {
      return new Promise((resolve, reject) => {
        const { signal } = this.stopped;
        const done = (finish) => () => {
          clearTimeout(clock);
          window.removeEventListener("online", again);
          finish(signal.reason);
        };
        const again = done(resolve);
        const clock = setTimeout(again, milliseconds);
        window.addEventListener("online", again);
        signal.addEventListener("abort", done(reject), { once: true });
      });
    }

    async run() {
      this.say("preparing");
      this.show(0);
      const sha256 = await hashed(this.file);
      this.key = `${this.root.dataset.key} ${this.subject} ${sha256}`;
      const known = memory.read(this.key);
      this.uid = known?.uid;
      for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
        if (!this.uid) await this.announce(sha256);
        try {
          if (await this.send()) return;
        } catch (error) {
          if (!(error instanceof Gone)) throw error;
          memory.forget(this.key);
          this.uid = undefined; // swept or discarded meanwhile
        }
      }
      throw new Plain();
    }

    async announce(sha256) {
      const { kind } = this.root.dataset;
      const facts = { kind, subject: this.subject, file_name: this.file.name, size: this.file.size, sha256 };
      const headers = { "Content-Type": "application/json" };
      const answer = await this.patiently(this.root.dataset.address, { method: "POST", headers, body: JSON.stringify(facts) });
      if (!answer.ok) throw new Plain(); // the form says what is wrong, in its place
      this.uid = (await answer.json()).uid;
      memory.write(this.key, { uid: this.uid, name: this.file.name });
    }

    // Returns whether the file is whole; false where it arrived damaged and begins again.
    async send() {
      let offset = await this.offset();
      while (offset < this.file.size) {
        this.say("sending");
        this.show(offset);
        const began = performance.now();
        const answer = await this.patiently(`${this.address}/content`, this.piece(offset));
        if (answer.status === 409 && (await answer.json()).code === "wrong_checksum") return false;
        if (answer.status !== 409) await this.check(answer);
        this.adapt(answer.ok && performance.now() - began < QUICK);
        offset = answer.ok ? (await answer.json()).offset : await this.offset();
      }
      this.show(offset);
      return true;
    }

    piece(offset) {
      const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(offset) };
      return { method: "PATCH", headers, body: this.file.slice(offset, offset + this.size) };
    }

    adapt(isQuick) { this.size = isQuick ? Math.min(2 * this.size, LARGEST) : Math.max(this.size / 2, SMALLEST); }

    async offset() {
      const answer = await this.patiently(`${this.address}/content`);
      await this.check(answer);
      const { offset, size } = await answer.json();
      if (size !== this.file.size) throw new Gone();
      return offset;
    }

    async check(answer) {
      if (answer.ok) return;
      if (answer.status === 404) throw new Gone();
      if (answer.status === 401 || answer.status === 403) throw new Refusal(this.root.dataset.expired);
      throw new Refusal((await answer.json().catch(() => ({}))).title || this.root.dataset.failed);
    }

    async cancel() {
      this.stopped.abort();
      memory.forget(this.key);
      if (!this.uid) return;
      const headers = { "X-CSRFToken": this.token };
      await fetch(`${this.address}/discard`, { method: "POST", headers, keepalive: true }).catch(() => null); // else it is swept
    }
  }

  const enhance = (root) => {
    const form = root.querySelector("form"), panel = root.querySelector("[data-transfer]");
    let transfer = null;

    const busy = (is) => {
      panel.hidden = false;
      panel.querySelectorAll(".meter, [data-cancel]").forEach((one) => { one.hidden = !is; });
      form.querySelectorAll("button, input[type=file]").forEach((one) => { one.disabled = is; });
    };
    const end = (words) => {
      busy(false);
      panel.querySelector("[data-words]").textContent = words;
      transfer = null;
      form.querySelector("input[type=file]").focus();
    };

    const start = async (file, subject) => {
      transfer = new Transfer(root, file, subject);
      busy(true);
      panel.querySelector("[data-cancel]").focus();
      try {
        await transfer.run();
        transfer.say("arrived");
        memory.forget(transfer.key);
        window.location.assign(`${root.dataset.pages}${transfer.uid}/`);
      } catch (error) {
        if (transfer.stopped.signal.aborted) end(root.dataset.cancelled);
        else if (error instanceof Refusal) end(error.message);
        else { busy(false); form.submit(); }
      }
    };

    form.addEventListener("submit", (event) => {
      const file = form.querySelector("input[type=file]").files[0];
      const field = form.elements.namedItem(root.dataset.subjectField || "");
      const subject = field ? field.value : root.dataset.subject;
      if (!file?.size || (field && !subject)) return; // the form says what is missing
      event.preventDefault();
      if (!transfer) start(file, subject);
    });
    panel.querySelector("[data-cancel]").addEventListener("click", () => transfer?.cancel());

    const begun = memory.names(`${root.dataset.key} ${root.dataset.subject}`).map(memory.read).find((one) => one?.name);
    if (begun) {
      panel.hidden = false;
      panel.querySelector("[data-words]").textContent = filled(root.dataset.resume, begun);
    }
  };

  if (window.crypto?.subtle && window.Intl?.NumberFormat) document.querySelectorAll("[data-list-form]").forEach(enhance);
})();
