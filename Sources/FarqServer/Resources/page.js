// The page of `farq serve`: asks the server on the same address, and shows what it says. Text is only ever set as text.
"use strict";

const words = {
  en: {
    skip: "To the text", theme: "Light or dark", title: "What is this article about?", key: "API key", text: "Article",
    hint: "Paste a text, or drop a text file here. Ctrl + Enter classifies.", examples: "Examples", model: "Model",
    beside: "Beside it", submit: "Classify", api: "API description", other: "العربية", none: "no other model",
    working: "Reading …", done: "Done: ", empty: "There is no text yet: paste one, or take an example.",
    cut: "Only the first {n} of {m} tokens were read.", why: "Which words decided", for: "for the label",
    against: "against it", attention: "Attention", layer: "Layer", head: "Head", show: "Show", first: "First map",
    second: "Second map", difference: "Difference: first − λ · second", map: "Attention map",
    part: "The {n} tokens that weighed most, of {m}.", strongest: "Strongest weights in numbers", token: "Token",
    looks: "looks at", weight: "Weight", explaining: "Working out which words decided …",
    unreachable: "The server does not answer: is it still running?", needsKey: "This server wants an API key.",
    notText: "This file is no text in UTF-8.", large: "This file is larger than the server takes.",
    probabilities: "Probabilities", place: "Layer {l}, head {h} of {n}, counted from 0: ",
    one: "one softmax map.", two: "two maps, and what is left of the first without λ times the second.",
  },
  ar: {
    skip: "إلى النص", theme: "فاتح أو داكن", title: "عمّ يتحدث هذا المقال؟", key: "مفتاح الواجهة", text: "المقال",
    hint: "ألصق نصًا أو أفلت ملفًا نصيًا هنا. ‏Ctrl + Enter للتصنيف.", examples: "أمثلة", model: "النموذج",
    beside: "وإلى جانبه", submit: "صنّف", api: "وصف الواجهة البرمجية", other: "English", none: "بلا نموذج آخر",
    working: "جارٍ القراءة …", done: "تم: ", empty: "لا نص بعد: ألصق نصًا أو خذ مثالًا.",
    cut: "قُرئت أول {n} وحدة فقط من أصل {m}.", why: "الكلمات التي رجّحت الحكم", for: "مع التصنيف",
    against: "ضده", attention: "الانتباه", layer: "الطبقة", head: "الرأس", show: "اعرض", first: "الخريطة الأولى",
    second: "الخريطة الثانية", difference: "الفرق: الأولى − λ · الثانية", map: "خريطة الانتباه",
    part: "أثقل {n} وحدة من أصل {m}.", strongest: "أقوى الأوزان بالأرقام", token: "الوحدة",
    looks: "تنظر إلى", weight: "الوزن", explaining: "جارٍ حساب الكلمات المرجِّحة …",
    unreachable: "الخادم لا يجيب: أما زال يعمل؟", needsKey: "يطلب هذا الخادم مفتاحًا.",
    notText: "ليس هذا الملف نصًا بترميز UTF-8.", large: "هذا الملف أكبر مما يقبله الخادم.",
    probabilities: "الاحتمالات", place: "الطبقة {l}، الرأس {h} من {n}، والعدّ من 0: ",
    one: "خريطة واحدة.", two: "خريطتان، وما يبقى من الأولى بعد طرح λ مرة من الثانية.",
  },
};
const arabicLabels = {
  Culture: "ثقافة", Finance: "اقتصاد", Medical: "صحة", Politics: "سياسة", Religion: "دين", Sports: "رياضة", Tech: "تقنية",
};
const element = (id) => document.getElementById(id);
let language = "en";
let info = null;
let examples = [];
let turn = 0;

const say = (key, values = {}) => words[language][key].replace(/\{(\w)\}/g, (_, name) => values[name]);
const labelName = (label) => (language === "ar" && arabicLabels[label]) || label;
const percent = (value) => new Intl.NumberFormat(language, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value);
const number = (value, digits = 3) => new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);

function make(tag, attributes = {}, ...children) {
  const node = tag.startsWith("svg:") ? document.createElementNS("http://www.w3.org/2000/svg", tag.slice(4)) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "share") node.style.setProperty("--share", value);
    else if (value !== null) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

async function ask(path, body) {
  const headers = { "Content-Type": "application/json" };
  if (element("key").value) headers.Authorization = `Bearer ${element("key").value}`;
  let response;
  try {
    response = await fetch(path, body ? { method: "POST", headers, body: JSON.stringify(body) } : { headers });
  } catch {
    throw new Error(say("unreachable"));
  }
  if (response.status === 401) {
    element("key-field").hidden = false;
    element("key").focus();
    throw new Error(say("needsKey"));
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error || `${response.status}`);
  return answer;
}

function report(text, isWrong = false) {
  element("status").textContent = text;
  element("status").classList.toggle("wrong", isWrong);
}

// What is said in the interface's language.

function speak(chosen) {
  language = chosen;
  document.documentElement.lang = language;
  document.documentElement.dir = language === "ar" ? "rtl" : "ltr";
  for (const node of document.querySelectorAll("[data-say]")) node.textContent = say(node.dataset.say);
  element("language").textContent = say("other");
  element("language").lang = language === "ar" ? "en" : "ar";
  showExamples();
  showModels();
}

function showExamples() {
  element("examples").replaceChildren(...examples.map(({ label, text }) => {
    const button = make("button", { type: "button" }, labelName(label));
    button.addEventListener("click", () => {
      element("text").value = text;
      element("form").requestSubmit();
    });
    return button;
  }));
}

function showModels() {
  if (!info) return;
  const chosen = [0, 1].map((place) => element(`model-${place}`).value);
  const options = (first) => [...first, ...info.models.map((model) => make("option", { value: model.name }, model.name))];
  element("model-0").replaceChildren(...options([]));
  element("model-1").replaceChildren(...options([make("option", { value: "" }, say("none"))]));
  element("second-field").hidden = info.models.length < 2;
  if (chosen[0]) [0, 1].forEach((place) => { element(`model-${place}`).value = chosen[place]; });
  else if (info.models.length > 1) element("model-1").value = info.models[1].name;
  element("version").textContent = `Farq ${info.version}`;
}

async function prepare() {
  if (!info) {
    info = await ask("/info");
    showModels();
  }
}

// Classification first, since it is quick; the words and maps follow.

async function classify() {
  const text = element("text").value.trim();
  if (!text) return report(say("empty"), true);
  const mine = ++turn;
  const submit = element("submit");
  submit.disabled = true;
  report(say("working"));
  try {
    await prepare();
    const names = [...new Set([element("model-0").value, element("model-1").value].filter(Boolean))];
    const answers = await Promise.all(names.map((model) => ask("/v1/classify", { model, texts: [text] })));
    if (mine !== turn) return;
    const cards = answers.map((answer) => card(answer.model, answer.results[0]));
    element("results").replaceChildren(...cards.map((entry) => entry.node));
    report(say("done") + answers.map((answer) => `${answer.model}: ${labelName(answer.results[0].label)} (${percent(answer.results[0].score)})`).join(" · "));
    submit.disabled = false;
    for (const entry of cards) await explain(entry, text, {}, mine);
  } catch (error) {
    if (mine === turn) report(error.message, true);
  } finally {
    if (mine === turn) submit.disabled = false;
  }
}

function card(model, result) {
  const ranked = Object.entries(result.probabilities).sort((a, b) => b[1] - a[1]);
  const bars = ranked.map(([label, share]) => make("li", {},
    make("span", {}, labelName(label)),
    make("span", { class: "track", "aria-hidden": "true" }, make("span", { class: "amount", share })),
    make("span", { class: "number" }, percent(share))));
  const more = make("div", {}, make("p", { class: "note" }, say("explaining")));
  const node = make("section", { class: "result", "aria-label": model },
    make("p", { class: "model" }, `${model} · ${attentionName(model)}`),
    make("h2", { class: "verdict" }, labelName(result.label)),
    make("ul", { class: "bars", "aria-label": say("probabilities") }, ...bars), more);
  return { model, node, more };
}

function attentionName(model) {
  const found = info.models.find((entry) => entry.name === model);
  if (!found || found.attention.variant === "standard") return "standard";
  const places = found.attention.layers || found.attention.heads || [];
  return `${found.attention.variant} (${found.attention.granularity} ${places.join(", ")})`;
}

async function explain(entry, text, place, mine) {
  let answer;
  try {
    answer = await ask("/v1/explain", { text, model: entry.model, ...place });
  } catch (error) {
    if (mine === turn) entry.more.replaceChildren(make("p", { class: "note" }, error.message));
    return;
  }
  if (mine !== turn) return;
  const parts = [make("h3", {}, say("why")), wordsOf(answer), legend()];
  if (answer.token_count > answer.tokens.length) {
    parts.push(make("p", { class: "note" }, say("cut", { n: answer.tokens.length, m: answer.token_count })));
  }
  parts.push(make("h3", {}, say("attention")), steps(entry, text, answer, mine), ...maps(answer));
  entry.more.replaceChildren(...parts);
}

// The text, each word with what its tokens added.

function wordsOf(answer) {
  const bytes = new TextEncoder().encode(answer.text);
  const slice = (start, end) => new TextDecoder().decode(bytes.slice(start, end));
  const groups = [];
  for (const token of answer.tokens) {
    if (token.end <= token.start) continue;
    const last = groups[groups.length - 1];
    if (token.is_continuation && last) {
      last.end = token.end;
      last.amount += token.attribution;
    } else groups.push({ start: token.start, end: token.end, amount: token.attribution });
  }
  const most = Math.max(...groups.map((group) => Math.abs(group.amount)), 1e-9);
  const nodes = [];
  let place = 0;
  for (const group of groups) {
    if (group.start > place) nodes.push(slice(place, group.start));
    const share = Math.abs(group.amount) / most;
    const word = slice(group.start, group.end);
    nodes.push(share < 0.05 ? word : make("mark", {
      class: group.amount < 0 ? "against" : "for", share,
      title: `${group.amount < 0 ? say("against") : say("for")}: ${number(group.amount)}`,
    }, word));
    place = group.end;
  }
  if (place < bytes.length) nodes.push(slice(place, bytes.length));
  return make("p", { class: "words", dir: "auto", lang: "ar", tabindex: "0", role: "region", "aria-label": say("why") }, ...nodes);
}

const legend = () => make("ul", { class: "legend" },
  make("li", {}, make("span", {}), say("for")), make("li", {}, make("span", { class: "against" }), say("against")));

// The maps of one head.

function steps(entry, text, answer, mine) {
  const field = (name, value, count) => {
    const id = `${name}-${entry.model}`;
    const input = make("input", { type: "number", id, min: 0, max: count - 1, value });
    return { node: make("div", {}, make("label", { for: id }, say(name)), input), input };
  };
  const layer = field("layer", answer.head.layer, answer.layers.filter((one) => one.stack === "encoder").length);
  const head = field("head", answer.head.head, answer.head.head_count);
  const button = make("button", { type: "submit" }, say("show"));
  const form = make("form", { class: "steps" }, layer.node, head.node, button);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    button.disabled = true;
    explain(entry, text, { layer: Number(layer.input.value), head: Number(head.input.value) }, mine);
  });
  return form;
}

function maps(answer) {
  const limit = 28;
  const places = answer.tokens.map((_, index) => index)
    .sort((a, b) => Math.abs(answer.tokens[b].attribution) - Math.abs(answer.tokens[a].attribution))
    .slice(0, limit).sort((a, b) => a - b);
  const names = places.map((place) => answer.tokens[place].piece);
  const chosen = (map) => places.map((row) => places.map((column) => map[row][column]));
  const head = answer.head;
  const shown = head.second
    ? [["first", head.first], ["second", head.second], ["difference", head.combined]] : [["map", head.first]];
  const place = say("place", { l: head.layer, h: head.head, n: head.head_count });
  const nodes = [make("p", { class: "note" }, place + say(head.second ? "two" : "one"))];
  if (answer.tokens.length > limit) nodes.push(make("p", { class: "note" }, say("part", { n: limit, m: answer.tokens.length })));
  nodes.push(make("div", { class: "maps" }, ...shown.map(([title, map]) => figure(say(title), names, chosen(map)))));
  nodes.push(strongest(names, chosen(head.combined)));
  return nodes;
}

function figure(title, names, values) {
  const cell = Math.min(24, Math.max(14, Math.round(300 / names.length))), room = 84, side = cell * names.length;
  const most = Math.max(...values.flat().map(Math.abs), 1e-9);
  const right = (column) => (names.length - 1 - column) * cell;
  const short = (name) => (Array.from(name).length > 11 ? Array.from(name).slice(0, 10).join("") + "…" : name);
  const svg = make("svg:svg", {
    width: side + room + 30, height: side + room, viewBox: `0 0 ${side + room + 30} ${side + room}`, role: "img",
    "aria-label": `${title}: ${names.length} × ${names.length}`, direction: "ltr",
  }, make("svg:rect", { class: "ground", x: 30, y: room, width: side, height: side }));
  values.forEach((row, y) => row.forEach((value, x) => {
    const share = Math.pow(Math.abs(value) / most, 0.7);
    if (share < 0.04) return;
    svg.append(make("svg:rect", {
      class: value < 0 ? "less" : "more", x: 30 + right(x), y: room + y * cell, width: cell - 1, height: cell - 1,
      rx: value < 0 ? cell / 2 : 2, "fill-opacity": share.toFixed(2),
    }));
  }));
  names.forEach((name, index) => {
    const x = 30 + right(index) + cell / 2, y = room + index * cell + cell / 2 + 4;
    svg.append(make("svg:text", { x: 30 + side + 5, y, "text-anchor": "start" }, short(name)));
    svg.append(make("svg:text", { x, y: room - 5, "text-anchor": "end", transform: `rotate(60 ${x} ${room - 5})` }, short(name)));
  });
  return make("figure", {}, make("figcaption", {}, title),
    make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": title, dir: "rtl" }, svg));
}

function strongest(names, values) {
  const cells = values.flatMap((row, y) => row.map((value, x) => ({ y, x, value })))
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, 12);
  const bdi = (name) => make("bdi", {}, name);
  return make("details", {}, make("summary", {}, say("strongest")),
    make("table", {},
      make("thead", {}, make("tr", {}, ...["token", "looks", "weight"].map((key) => make("th", { scope: "col" }, say(key))))),
      make("tbody", {}, ...cells.map((cell) => make("tr", {},
        make("td", {}, bdi(names[cell.y])), make("td", {}, bdi(names[cell.x])),
        make("td", { class: "number" }, number(cell.value)))))));
}

// Files that are dropped.

async function read(file) {
  if (file.size > 2000000) return report(say("large"), true);
  try {
    element("text").value = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
    classify();
  } catch {
    report(say("notText"), true);
  }
}

function listen() {
  element("form").addEventListener("submit", (event) => { event.preventDefault(); classify(); });
  element("language").addEventListener("click", () => {
    speak(language === "ar" ? "en" : "ar");
    if (element("results").children.length) classify();
  });
  element("theme").addEventListener("click", () => {
    const root = document.documentElement;
    const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = isDark ? "light" : "dark";
  });
  const text = element("text");
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) element("form").requestSubmit();
  });
  for (const name of ["dragenter", "dragover"]) {
    text.addEventListener(name, (event) => { event.preventDefault(); text.classList.add("over"); });
  }
  for (const name of ["dragleave", "drop"]) text.addEventListener(name, () => text.classList.remove("over"));
  text.addEventListener("drop", (event) => {
    event.preventDefault();
    const file = event.dataTransfer.files[0];
    if (file) read(file);
    else text.value = event.dataTransfer.getData("text");
  });
}

listen();
speak((navigator.language || "en").startsWith("ar") ? "ar" : "en");
fetch("/examples.json").then((answer) => answer.json()).then((list) => { examples = list; showExamples(); }).catch(() => {});
prepare().catch((error) => report(error.message, true));
