// Small helps for pages that already work without them. Each finds its element by a data- attribute.
(() => {
  "use strict";
  const all = (what, within = document) => [...within.querySelectorAll(what)];
  const live = document.querySelector("[data-live]");
  const say = (words, quietly = false) => {
    if (!live) return;
    live.textContent = words;
    live.classList.toggle("unseen", quietly);
  };

  // Menus close on Escape and on a press elsewhere.
  document.addEventListener("click", (event) => {
    for (const menu of all("details[data-menu][open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest?.("details[data-menu][open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
  });

  // A form is sent once; going back or a lost line makes it ready again.
  const ready = (form) => {
    delete form.dataset.sent;
    for (const button of all("[aria-disabled]", form)) button.removeAttribute("aria-disabled");
  };
  document.addEventListener("submit", (event) => {
    const form = event.target, button = event.submitter;
    if (event.defaultPrevented) return;
    if (button?.dataset.confirm && !window.confirm(button.dataset.confirm)) return event.preventDefault();
    if (form.method !== "post") return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    form.dataset.clean = "1";
    button?.setAttribute("aria-disabled", "true");
    setTimeout(() => ready(form), 15000);
  });
  window.addEventListener("pageshow", () => all("form[data-sent]").forEach(ready));

  // Copies on one's own device (copies.js) go when the form that was sent arrived, and all of them on leaving.
  try {
    const sent = sessionStorage.getItem("kapok:sent"), [page] = performance.getEntriesByType("navigation");
    if (sent && page.responseStatus === 200 && !/\/account\//.test(location.pathname)) localStorage.removeItem(sent);
    sessionStorage.removeItem("kapok:sent");
    document.addEventListener("submit", (event) => {
      if (!/\/account\/(logout|erase)\/?$/.test(event.target.action)) return;
      for (const name of Object.keys(localStorage)) if (name.startsWith("kapok:")) localStorage.removeItem(name);
    });
  } catch { /* This browser keeps nothing. */ }

  // Unsaved words are not lost by a slip.
  const dirty = new WeakSet();
  const soil = (form) => { dirty.add(form); delete form.dataset.clean; };
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && event.target.name) soil(form);
  });
  window.addEventListener("beforeunload", (event) => {
    if (all("form[data-guard]").some((form) => dirty.has(form) && !form.dataset.clean)) event.preventDefault();
  });

  // Drafts keep themselves: every twenty seconds, on leaving a field, and when the line is back.
  for (const form of all("form[data-autosave]")) {
    const state = form.querySelector("[data-save-state]") || form.insertBefore(document.createElement("p"), form.firstChild);
    state.className = "save-state";
    state.setAttribute("role", "status");
    let busy = false;
    const save = async () => {
      if (busy || !dirty.has(form) || form.dataset.sent) return;
      busy = true;
      dirty.delete(form);
      state.textContent = form.dataset.wordSaving;
      try {
        const body = new FormData(form);
        // A chosen file goes when “Upload” is pressed, not every twenty seconds.
        for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
        const answer = await fetch(form.dataset.autosave, { method: "POST", body, headers: { "X-Autosave": "1" } });
        const said = answer.headers.get("content-type")?.includes("json") ? await answer.json() : {};
        if (!answer.ok || answer.redirected) throw said;
        for (const [name, value] of Object.entries(said.fields || {})) {
          const field = form.elements.namedItem(name);
          if (field && "value" in field) field.value = value;
        }
        if (!dirty.has(form)) {
          form.dataset.clean = "1";
          form.dispatchEvent(new Event("kapok:saved"));
        }
        const at = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
        state.textContent = `${form.dataset.wordSaved} ${at}`;
      } catch (refused) {
        dirty.add(form);
        state.textContent = refused?.sentence || form.dataset.wordFailed;
        if (refused?.url) {
          const link = Object.assign(document.createElement("a"), { href: refused.url, textContent: refused.url_words });
          link.addEventListener("click", () => { form.dataset.clean = "1"; });
          state.append(" ", link);
        }
      } finally { busy = false; }
    };
    setInterval(save, 20000);
    form.addEventListener("change", () => setTimeout(save, 400));
    window.addEventListener("online", save);
    document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
  }

  // Parts are added and removed in place; without this the server does it.
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-add], [data-remove]");
    if (!button) return;
    const parts = button.closest("[data-parts]"), form = button.form;
    const changed = () => { if (form) { soil(form); form.dispatchEvent(new Event("change")); } };
    if (button.matches("[data-remove]")) {
      const part = button.closest("[data-part]");
      const next = part.nextElementSibling?.matches("[data-part]") ? part.nextElementSibling : part.previousElementSibling;
      event.preventDefault();
      part.remove();
      (next?.matches("[data-part]") ? next : parts.querySelector(":scope > [data-add]")).focus();
      return changed();
    }
    const key = parts.dataset.parts, blank = parts.querySelector(":scope > [data-list] > template[data-blank]");
    if (!blank) return;
    event.preventDefault();
    const number = Number(parts.dataset.next);
    parts.dataset.next = number + 1;
    const holder = document.createElement("template");
    const word = key.split("-").pop();
    holder.innerHTML = blank.innerHTML.replaceAll(`__${word}__`, number).replaceAll(`__${word}_number__`, number + 1);
    const part = holder.content.querySelector("[data-part]");
    blank.before(holder.content);
    wake(part);
    part.focus();
    changed();
  });

  // A term of a long list gets the box for its share when it is ticked.
  document.addEventListener("change", (event) => {
    const list = event.target.closest?.("[data-shares]"), check = event.target.closest?.(".check");
    if (!list || !check || check.querySelector(".share")) return;
    const holder = document.createElement("template"), label = document.createElement("p");
    label.textContent = check.querySelector("label").textContent;
    const blank = document.getElementById(list.dataset.shares).innerHTML;
    holder.innerHTML = blank.replaceAll("__id__", event.target.value).replaceAll("__label__", () => label.innerHTML.replaceAll('"', "&quot;"));
    check.append(holder.content);
  });

  // Suggestions while one types: a combobox as ARIA describes it.
  const suggest = (box) => {
    const input = box.querySelector("input:not([type=hidden])"), picked = box.querySelector("[data-picked]");
    const list = document.createElement("ul");
    let timer, asked, at = -1, found = [];
    list.id = `${input.id}-options`;
    list.className = "options";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", box.dataset.wordSome);
    box.append(list);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) input.setAttribute(name, value);
    const close = () => { list.hidden = true; at = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
    const move = (to) => {
      at = (to + found.length) % found.length;
      [...list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
      list.children[at].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", list.children[at].id);
    };
    const pick = (index) => {
      const one = found[index];
      if ("go" in box.dataset && one.url) return location.assign(one.url);
      input.value = one.label;
      if (picked) picked.value = one.id;
      close();
      input.dispatchEvent(new Event("change", { bubbles: true }));
    };
    const show = () => {
      list.replaceChildren(...found.map((one, index) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${index}`;
        option.setAttribute("role", "option");
        option.dir = "auto";
        option.textContent = one.label;
        if (one.note) option.append(Object.assign(document.createElement("small"), { textContent: one.note }));
        option.addEventListener("mousedown", (event) => { event.preventDefault(); pick(index); });
        return option;
      }));
      list.hidden = !found.length;
      input.setAttribute("aria-expanded", String(!!found.length));
      at = -1;
      say(found.length ? `${found.length}. ${box.dataset.wordSome}` : box.dataset.wordNone, true);
      setTimeout(() => say(""), 4000);
    };
    input.addEventListener("input", () => {
      if (picked) picked.value = "";
      clearTimeout(timer);
      if (input.value.trim().length < 2) return close();
      timer = setTimeout(async () => {
        asked?.abort();
        asked = new AbortController();
        try {
          const join = box.dataset.suggest.includes("?") ? "&" : "?";
          const answer = await fetch(`${box.dataset.suggest}${join}q=${encodeURIComponent(input.value)}`, { signal: asked.signal });
          if (answer.ok && document.activeElement === input) { found = (await answer.json()).results; show(); }
        } catch { close(); }
      }, 300);
    });
    input.addEventListener("keydown", (event) => {
      if (list.hidden) return;
      if (event.key === "ArrowDown") { event.preventDefault(); move(at + 1); }
      else if (event.key === "ArrowUp") { event.preventDefault(); move(at < 0 ? -1 : at - 1); }
      else if (event.key === "Enter" && at >= 0) { event.preventDefault(); pick(at); }
      else if (event.key === "Escape") { event.stopPropagation(); close(); }
    });
    input.addEventListener("blur", close);
  };

  // Long lists of boxes can be sifted.
  const sieve = (frame) => {
    frame.hidden = false;
    const list = document.getElementById(frame.dataset.sieve);
    frame.querySelector("input").addEventListener("input", (event) => {
      const plain = (text) => text.toLocaleLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
      const wanted = plain(event.target.value.trim());
      for (const check of list.children) check.hidden = !plain(check.textContent).includes(wanted) && !check.querySelector("input").checked;
    });
    frame.querySelector("input").addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  };

  // A chosen file goes in pieces that find their place again after a broken line; without this it goes with the form.
  const pieces = (input) => {
    const form = input.form, path = input.name.replace(/-new$/, "");
    if (!form?.dataset.pieces) return;
    const bar = document.createElement("progress"), state = document.createElement("p");
    state.setAttribute("role", "status");
    bar.setAttribute("aria-label", form.dataset.wordSending);
    const send = async (file) => {
      const id = crypto.randomUUID?.() || `${Date.now()}-${Math.random().toString(36).slice(2)}`;
      bar.max = file.size;
      input.after(bar, state);
      for (let at = 0, tries = 0; ;) {
        const body = new FormData();
        for (const [name, value] of Object.entries({ id, at, size: file.size, name: file.name, path, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value })) body.append(name, value);
        body.append("piece", file.slice(at, at + 262144), "piece");
        state.textContent = `${form.dataset.wordSending} ${Math.round(100 * at / file.size)} %`;
        try {
          const answer = await fetch(form.dataset.pieces, { method: "POST", body });
          const said = await answer.json();
          if (said.sentence) { bar.remove(); state.textContent = said.sentence; return; }
          at = bar.value = said.size;
          tries = 0;
          if (said.file) return kept(said);
        } catch {
          state.textContent = form.dataset.wordFailed;
          await new Promise((resume) => setTimeout(resume, Math.min(30000, 1000 * 2 ** tries++)));
        }
      }
    };
    const kept = (said) => {
      const holder = document.createElement("template");
      holder.innerHTML = said.card;
      (form.querySelector(`label[for="${input.id}"]`) || input).before(holder.content);
      bar.remove();
      input.value = "";
      state.textContent = `✓ ${said.name}`;
      soil(form);
      form.dispatchEvent(new Event("change"));
    };
    input.addEventListener("change", () => { if (input.files[0]) send(input.files[0]); });
  };

  const copy = (button) => {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.words || new URL(button.dataset.copy, location.href).href);
      say(button.dataset.done);
      setTimeout(() => say(""), 4000);
    });
  };

  const woken = new WeakSet();
  const wake = (within) => {
    for (const [what, help] of [["[data-suggest]", suggest], ["[data-sieve]", sieve], ["[data-copy]", copy], ["input[type=file]", pieces], ["[data-focus]", (summary) => summary.focus()]]) {
      for (const found of all(what, within)) {
        if (!woken.has(found)) help(found);
        woken.add(found);
      }
    }
  };
  wake(document);
  document.addEventListener("htmx:load", (event) => wake(event.target));

  // A page asked for in parts says so when the server is away.
  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    document.addEventListener(name, () => say(document.body.dataset.wordOffline));
  }
  document.addEventListener("htmx:beforeRequest", () => say(""));
})();
