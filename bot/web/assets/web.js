// Everything works without this file. With it, answers come without a new page,
// and the page follows the files as they are saved.
"use strict";
(() => {
  const main = document.getElementById("main");
  const status = document.getElementById("status");
  const say = (text) => { status.textContent = text; };

  // load asks for a page and hands it over as a document, in which no script runs.
  const load = (method, address, body) => new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open(method, address);
    if (body) request.setRequestHeader("X-Script", "1");
    request.responseType = "document";
    request.onload = () => (request.response && request.response.getElementById("main") ? done(request) : failed());
    request.onerror = failed;
    request.send(body);
  });

  // State that a person made and that must outlive the exchange of a part.
  const stateOf = (part) => ({
    open: [...part.querySelectorAll("details[id]")].filter((d) => d.open).map((d) => d.id),
    checked: [...part.querySelectorAll("input[type=radio][id]:checked")].map((r) => r.id),
    scrolled: [part.scrollTop, ...[...part.querySelectorAll("pre[id]")].map((p) => p.scrollTop)],
    focus: part.contains(document.activeElement) ? keyOf(document.activeElement) : null,
  });
  const keyOf = (e) => e.id ? "#" + CSS.escape(e.id)
    : e.value ? `button[value=${CSS.escape(e.value)}]`
      : e.getAttribute("href") ? `a[href="${CSS.escape(e.getAttribute("href"))}"]` : null;
  const restore = (part, state) => {
    for (const d of part.querySelectorAll("details[id]")) d.open = state.open.includes(d.id);
    for (const id of state.checked) {
      const radio = document.getElementById(id);
      if (radio && part.contains(radio)) radio.checked = true;
    }
    if (state.scrolled[0]) part.scrollTop = state.scrolled[0]; // setting it costs a layout
    if (state.focus) part.querySelector(state.focus)?.focus({ preventScroll: true });
  };

  const swap = (changes) => {
    for (const { part, next } of changes) part.replaceWith(next);
    for (const { next, state } of changes) restore(next, state); // at the end: the browser lays out once
  };

  // show puts the parts of another document in the place of ours that may
  // change. What stands beside an answer may come a moment after it. It reports
  // false if that is a page of another kind.
  let shown = 0;
  const show = (other, besideLater) => {
    const parts = [...document.querySelectorAll("[data-live]")];
    if (parts.some((p) => !other.getElementById(p.id))) return false;
    const changes = parts.map((part) => ({ part, next: document.adoptNode(other.getElementById(part.id)) }))
      .filter(({ part, next }) => !part.isEqualNode(next))
      .map((change) => ({ ...change, state: stateOf(change.part) }));
    const late = ({ part }) => besideLater && part.id === "beside";
    swap(changes.filter((c) => !late(c)));
    const turn = ++shown;
    requestAnimationFrame(() => setTimeout(() => {
      if (turn !== shown) return;
      swap(changes.filter(late));
      enhance();
      document.body.dataset.shown = turn; // all of it
    }));
    main.className = other.getElementById("main").className;
    document.title = other.title;
    document.body.dataset.generation = other.body.dataset.generation ?? "";
    const view = other.querySelector("#composer input[name=view]");
    if (view) document.querySelector("#composer input[name=view]").value = view.value;
    for (const here of document.querySelectorAll("input[name=here]")) here.value = location.pathname + location.search;
    return true;
  };

  const enhance = () => {
    for (const b of document.querySelectorAll("[data-copy]")) b.hidden = !navigator.clipboard;
  };

  const selected = () => document.querySelector(".turn.selected");

  // ask sends a form of the conversation and shows the answer.
  const ask = async (form, submitter) => {
    performance.mark("ask");
    const byKey = form.id === "composer";
    document.body.classList.add("busy");
    try {
      const request = await load("POST", form.action, new URLSearchParams(new FormData(form, submitter)));
      const address = request.getResponseHeader("Content-Location");
      if (!address) { location.assign("/"); return; }
      history.pushState(null, "", address);
      if (!show(request.response, true)) { location.reload(); return; }
      if (byKey) form.elements.q.value = "";
      const turn = selected();
      if (turn) {
        turn.scrollIntoView({ block: "start", behavior: "instant" }); // on the way, turns get their true heights
        if (!byKey) { turn.tabIndex = -1; turn.focus({ preventScroll: true }); }
        say("Answer: " + turn.querySelector("h2").textContent);
      }
      requestAnimationFrame(() => performance.measure("answer", "ask"));
    } catch {
      say("The bot cannot be reached.");
      form.submit(); // the browser says why
    } finally {
      document.body.classList.remove("busy");
    }
  };

  // visit shows another view of the conversation, or what a filter finds.
  const visit = async (address, keep) => {
    try {
      const request = await load("GET", address);
      if (!show(request.response)) { location.assign(address); return; }
      keep(address);
    } catch {
      location.assign(address);
    }
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!main.classList.contains("talk") || form.method !== "post" || new URL(form.action).pathname !== "/ask") return;
    event.preventDefault();
    ask(form, event.submitter);
  });

  document.addEventListener("click", (event) => {
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      navigator.clipboard.writeText(document.getElementById(copy.dataset.copy).textContent).then(() => say("Copied."), () => say("It could not be copied."));
      return;
    }
    const link = event.target.closest("a[href^='/?turn=']");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    visit(link.href, (address) => history.pushState(null, "", address));
  });

  window.addEventListener("popstate", () => visit(location.href, () => {}));

  // Titles are offered while somebody types.
  const later = (wait, act) => {
    let timer = 0;
    return (...args) => { clearTimeout(timer); timer = setTimeout(() => act(...args), wait); };
  };
  const question = document.getElementById("question");
  if (question?.dataset.suggest) {
    const list = document.getElementById("suggestions");
    question.addEventListener("input", later(120, async () => {
      const typed = question.value;
      if (typed.length > 80) return;
      const response = await fetch(question.dataset.suggest + "?q=" + encodeURIComponent(typed)).catch(() => null);
      if (!response?.ok || question.value !== typed) return;
      list.replaceChildren(...(await response.json()).map((title) => {
        const option = document.createElement("option");
        option.value = title;
        return option;
      }));
    }));
  }

  // The list of pages is filtered while somebody types.
  const filter = document.getElementById("filter");
  filter?.addEventListener("input", later(150, () => {
    const address = new URL(filter.form.action);
    address.search = new URLSearchParams(new FormData(filter.form));
    visit(address.href, (a) => history.replaceState(null, "", a));
  }));

  // The page follows the files: a stream, or asking now and then where there is none.
  const live = document.getElementById("live");
  const liveText = document.getElementById("live-text");
  const mark = (on, text) => {
    live.hidden = false;
    live.classList.toggle("on", on);
    liveText.textContent = text;
  };
  const changed = async (generation) => {
    mark(true, "live");
    if (generation === document.body.dataset.generation) return;
    document.body.dataset.generation = generation;
    const at = location.href;
    const request = await load("GET", at).catch(() => null);
    if (!request || location.href !== at) return;
    if (show(request.response)) say("The pages changed."); else location.reload();
  };
  let source = null;
  let timer = 0;
  const poll = async () => {
    const response = await fetch("/generation").catch(() => null);
    if (response?.ok) changed(await response.text()); else mark(false, "not connected");
    timer = setTimeout(poll, 2000);
  };
  const follow = () => {
    source = new EventSource("/events");
    source.addEventListener("generation", (event) => changed(event.data));
    source.onerror = () => {
      mark(false, "reconnecting");
      if (source.readyState === EventSource.CLOSED) { source = null; poll(); }
    };
  };
  const rest = () => { source?.close(); source = null; clearTimeout(timer); };
  if (document.body.dataset.generation !== undefined) {
    document.addEventListener("visibilitychange", () => { rest(); if (!document.hidden) follow(); });
    window.addEventListener("pagehide", rest);
    follow();
  }
  enhance();
})();
