// A copy of what is typed, on a device whose owner said that it is theirs, until the server has it. Each page keeps a copy of
// its own, so that two windows do not write over each other; copies of earlier pages are offered back.
(() => {
  "use strict";
  const form = document.querySelector("form[data-copies]"), frame = document.querySelector("[data-mine]");
  let store;
  try { store = window.localStorage; store.length; } catch { return; }
  if (!form || !frame) return;
  const [person] = form.dataset.copies.split("/"), mine = `kapok:mine:${person}`, all = "kapok:copy:";
  const here = `${all}${form.dataset.copies}/`, month = 30 * 24 * 3600 * 1000;
  const box = frame.querySelector("input"), offers = frame.querySelector("[data-offers]"), blank = frame.querySelector("template");
  let own = `${here}${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`, touched = false, timer;

  const names = (beginning) => Object.keys(store).filter((name) => name.startsWith(beginning));
  const read = (name) => { try { return JSON.parse(store.getItem(name)); } catch { return null; } };
  const typed = () => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
  const text = (fields) => JSON.stringify(fields.filter(([name]) => name !== "revision"));
  const keep = () => {
    clearTimeout(timer);
    if (!box.checked || !touched) return;
    try { store.setItem(own, JSON.stringify({ at: Date.now(), fields: typed() })); } catch { box.checked = false; }
  };

  // The same form again, as it was typed, by the ordinary way: the server keeps it, or sets both texts side by side.
  const back = (name) => {
    const again = document.createElement("form"), copy = read(name);
    if (!copy) return location.reload();
    Object.assign(again, { method: "post", action: form.action, enctype: form.enctype, hidden: true });
    const token = ["csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value];
    for (const [field, value] of [token, ...copy.fields]) {
      again.append(Object.assign(document.createElement("input"), { type: "hidden", name: field, value }));
    }
    document.body.append(again);
    form.dataset.clean = "1";
    sessionStorage.setItem("kapok:sent", name);
    again.submit();
  };
  const offer = (name, at) => {
    const one = blank.content.cloneNode(true).firstElementChild, words = one.querySelector("[data-words]");
    const when = new Date(at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
    words.textContent = words.textContent.replace("{when}", () => when);
    one.querySelector("[data-back]").addEventListener("click", () => back(name));
    one.querySelector("[data-away]").addEventListener("click", () => { store.removeItem(name); one.remove(); box.focus(); });
    offers.append(one);
  };

  for (const name of names(all)) if (!(read(name)?.at > Date.now() - month)) store.removeItem(name);
  const now = text(typed()), wrong = document.querySelector(".summary");
  for (const name of names(here).sort()) {
    const copy = read(name);
    if (text(copy.fields) !== now) offer(name, copy.at);
    else if (wrong) own = name;
    else store.removeItem(name);
  }
  box.checked = store.getItem(mine) === "1";
  frame.hidden = false;

  box.addEventListener("change", () => {
    if (box.checked) { store.setItem(mine, "1"); keep(); return; }
    store.removeItem(mine);
    names(`${all}${person}/`).forEach((name) => store.removeItem(name));
    offers.replaceChildren();
  });
  const soon = (event) => { if (event.target !== box) { touched = true; clearTimeout(timer); timer = setTimeout(keep, 500); } };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("kapok:saved", () => { clearTimeout(timer); touched = false; store.removeItem(own); });
  form.addEventListener("submit", () => { keep(); if (touched) sessionStorage.setItem("kapok:sent", own); });
  window.addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
})();
