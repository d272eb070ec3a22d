// Searches a copy of the manual that is read from files: no server, no network. The index is window.proxydeskSearch, which a script
// before this one assigns; StaticSearchIndex describes it. Words are compared by their stems, which stems.js makes. Codes and synonyms
// are understood as the portal's own search does.
"use strict";

(() => {
  const index = window.proxydeskSearch;
  const stem = window.proxydeskStem;
  const form = document.querySelector("form.search");
  const box = document.getElementById("q");
  const count = document.getElementById("search-count");
  const list = document.getElementById("search-results");
  if (!index || !stem || !form || !box || !count || !list) return;

  const WEIGHTS = { title: 8, heading: 6, key: 5, keywords: 4, description: 2.5, text: 1 };
  const NAMES = ["title", "heading", "key"];
  const MOST_PAGES = 20, MOST_WORDS = 12, LONGEST = 200, SNIPPET = 34, LEAD = 6;
  const silent = new Set(index.silent);
  const synonyms = new Map(index.synonyms);
  const longestSynonym = Math.max(1, ...index.synonyms.map(([typed]) => typed.split(" ").length));

  // 12007, 0x2EE7, 0x80072EE7, 80072ee7, 2147954407 and -2147012889 are one code.
  function commonForm(word) {
    let number = NaN;
    if (/^0x[0-9a-f]{1,8}$/.test(word)) number = parseInt(word.slice(2), 16);
    else if (/^8[0-9a-f]{7}$/.test(word)) number = parseInt(word, 16);
    else if (/^[0-9]{10}$/.test(word)) {
      number = Number(word);
      if (number >= 0x7F000000 && number < 0x80000000) number = 2 ** 32 - number;
      else if (number <= 0x80000000 || number >= 2 ** 32) return word;
    }
    if (Number.isNaN(number)) return word;
    const low = number % 65536;
    if (Math.floor(number / 65536) === 0x8007 && low >= 1000) return String(low);
    if (number === low) return low >= 1000 ? String(low) : word;
    return "0x" + number.toString(16);
  }

  // Runs of letters and digits; in Chinese and Japanese writing each sign. Accents, ligatures and wide letters as people type them.
  const SIGN = "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}]";
  const WORD = new RegExp(`${SIGN}|[\\p{L}\\p{N}](?:(?!${SIGN})[\\p{L}\\p{N}\\p{M}\\p{Cf}])*`, "gu");
  const folded = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f\p{Cf}]/gu, "").toLowerCase().replace(/[^0-9a-z\u0080-\u{10ffff}]/gu, "");

  function tokens(text) {
    return [...text.matchAll(WORD)].map((match) => {
      const word = commonForm(folded(match[0]));
      return { word, stem: stem(word), start: match.index, end: match.index + match[0].length };
    });
  }

  const words = (text) => tokens(text).map((token) => token.word);

  let rows = null;
  let vocabulary = null;
  let averageLength = 1;
  function prepare() {
    if (rows) return;
    rows = [];
    vocabulary = new Map();
    index.pages.forEach(([title, address, , description, keywords, passages], page) => {
      const first = passages.find(([, id]) => id === null);
      add(page, null, { title, keywords, description, text: first ? first[2] : "" });
      for (const [heading, id, text] of passages) {
        if (id !== null) add(page, id, { heading, key: words(id).join(" ") === words(heading).join(" ") ? "" : id, text });
      }
    });
    averageLength = Math.max(1, rows.reduce((sum, row) => sum + row.columns.text.tokens.length, 0) / Math.max(1, rows.length));
    for (const typed of synonyms.keys()) if (!typed.includes(" ") && !vocabulary.has(typed)) vocabulary.set(typed, 0);
  }

  function add(page, id, texts) {
    const columns = {};
    for (const [name, text] of Object.entries(texts)) {
      columns[name] = { text, tokens: tokens(text) };
      for (const token of columns[name].tokens) vocabulary.set(token.word, (vocabulary.get(token.word) ?? 0) + 1);
    }
    rows.push({ page, id, columns });
  }

  // What was typed: words, names such as proxy.port held together, and what synonyms mean.
  function understood(typed) {
    const text = typed.slice(0, LONGEST);
    const single = tokens(text).reduce((groups, token) => {
      const last = groups.at(-1);
      const isNext = last && (last.end === token.start || (last.end + 1 === token.start && "._\\".includes(text[last.end])));
      if (!isNext) return [...groups, { start: token.start, end: token.end, shown: text.slice(token.start, token.end), words: [token.word] }];
      [last.end, last.shown] = [token.end, text.slice(last.start, token.end)];
      last.words.push(token.word);
      return groups;
    }, []);
    const named = [];
    for (let at = 0; at < single.length;) {
      let length = Math.min(longestSynonym, single.length - at);
      const joined = () => single.slice(at, at + length).flatMap((word) => word.words);
      while (length > 1 && !synonyms.has(joined().join(" "))) length -= 1;
      const meant = synonyms.get(joined().join(" ")) ?? [];
      named.push({ shown: single.slice(at, at + length).map((word) => word.shown).join(" "), words: joined(), meant });
      at += length;
    }
    const telling = named.filter((word) => word.words.length > 1 || !silent.has(word.words[0]));
    return (telling.length ? telling : named).slice(0, MOST_WORDS).map((word) => ({
      ...word, isUnfinished: new TextEncoder().encode(word.words.at(-1)).length > 2 && !vocabulary.get(word.words.at(-1)),
      phrases: [word.words, ...word.meant.map(words)].map((phrase) => phrase.map(stem)),
    }));
  }

  // Places of a word in a column: as it was typed, as what a synonym means, and beginnings of other words.
  function places(word, column) {
    const found = [];
    column.tokens.forEach((token, at) => {
      const isHere = (phrase) => phrase.every((part, step) => column.tokens[at + step]?.stem === part);
      word.phrases.forEach((phrase, number) => {
        if (isHere(phrase)) found.push({ at, length: phrase.length, share: number ? 0.9 : 1 });
      });
      const [phrase] = word.phrases;
      const begins = (part, step) => (step < phrase.length - 1 ? column.tokens[at + step]?.stem === part : column.tokens[at + step]?.stem.startsWith(part));
      if (word.isUnfinished && !isHere(phrase) && phrase.every(begins)) found.push({ at, length: phrase.length, share: 0.35, isBegun: true });
    });
    return found;
  }

  function find(query) {
    const rare = query.map(() => 0);
    const hits = rows.map((row) => {
      const found = {};
      query.forEach((word, number) => {
        let isMet = false;
        for (const name of Object.keys(row.columns)) {
          const met = places(word, row.columns[name]);
          if (met.length) { isMet = true; (found[name] ??= [])[number] = met; }
        }
        if (isMet) rare[number] += 1;
      });
      return found;
    });
    const worth = rare.map((number) => (number ? Math.log(1 + (rows.length - number + 0.5) / (number + 0.5)) : 0));
    const all = worth.reduce((sum, one) => sum + one, 0);
    const pages = new Map();
    hits.forEach((found, at) => {
      if (!Object.keys(found).length) return;
      const row = { row: rows[at], found, scores: query.map(() => 0), isNamed: false, bonus: 0 };
      for (const [name, byWord] of Object.entries(found)) score(row, name, byWord, query, worth);
      row.sum = row.bonus + row.scores.reduce((sum, one) => sum + one, 0);
      const page = pages.get(row.row.page) ?? { best: null, highest: query.map(() => 0) };
      page.highest = page.highest.map((one, number) => Math.max(one, row.scores[number]));
      if (!page.best || (row.isNamed === page.best.isNamed ? row.sum > page.best.sum : row.isNamed)) page.best = row;
      pages.set(row.row.page, page);
    });
    const ranked = [...pages.values()].map(({ best, highest }) => {
      const share = highest.reduce((sum, one, number) => sum + (one ? worth[number] : 0), 0) / (all || 1);
      const rest = highest.reduce((sum, one, number) => sum + one - best.scores[number], 0);
      return { ...best, isComplete: share > 0.999, score: (best.sum + 0.4 * rest) * (0.2 + 0.8 * share * share) * (index.pages[best.row.page][6] / 100) };
    }).sort((one, other) => other.isNamed - one.isNamed || other.score - one.score);
    const complete = ranked.filter((page) => page.isComplete);
    const wanted = complete.length > 2 ? complete : ranked.filter((page) => page.isComplete || page.isNamed || page.score >= ranked[0].score * 0.3);
    return { wanted, missing: query.filter((_, number) => !rare[number]) };
  }

  function score(row, name, byWord, query, worth) {
    const length = row.row.columns[name].tokens.length;
    const covered = new Set();
    const starts = new Set();
    byWord.forEach((met, number) => met.filter((place) => !place.isBegun).forEach((place) => {
      for (let step = 0; step < place.length; step += 1) covered.add(place.at + step);
      starts.add(number + ":" + place.at);
    }));
    let bonus = 0;
    query.forEach((_, number) => {
      const met = byWord[number];
      if (!met) return;
      const amount = met.reduce((sum, place) => sum + place.share, 0);
      row.scores[number] += WEIGHTS[name] * worth[number] * (name === "text"
        ? (amount * 2.2) / (amount + 0.3 + 0.9 * length / averageLength) : Math.min(1, amount) * (0.4 + 0.6 * Math.min(1, covered.size / length)));
      // Words that stand beside each other in the query and here: the best pair of a column counts.
      if (met.some((place) => !place.isBegun && starts.has(number + 1 + ":" + (place.at + place.length)))) {
        bonus = Math.max(bonus, 0.25 * WEIGHTS[name] * (worth[number] + worth[number + 1]));
      }
    });
    row.bonus += bonus;
    const isWhole = query.every((_, number) => byWord[number]?.some((place) => !place.isBegun));
    if (NAMES.includes(name) && isWhole && covered.size === length) row.isNamed = true;
  }

  // A letter more, less, another, or two exchanged.
  function isNeighbour(one, other) {
    const [short, long] = one.length <= other.length ? [one, other] : [other, one];
    if (long.length - short.length > 1) return false;
    let start = 0, end = 0;
    while (start < short.length && short[start] === long[start]) start += 1;
    while (end < short.length - start && short.at(-1 - end) === long.at(-1 - end)) end += 1;
    const middle = long.length - start - end;
    return middle === 1 || (middle === 2 && short.length === long.length && short[start] === long[start + 1] && short[start + 1] === long[start]);
  }

  // The most frequent; of equals, the first of the alphabet. None for a word with a digit: the code or the version beside it is another.
  function neighbour(word) {
    if (word.length < 4 || /\p{N}/u.test(word)) return null;
    const near = [...vocabulary].filter(([other]) => isNeighbour(word, other))
      .sort(([one, often], [other, oftener]) => oftener - often || (one < other ? -1 : 1));
    return near.length ? near[0][0] : null;
  }

  // A word that runs into its number, as in Error12007.
  function parts(word) {
    const [, letters, digits] = /^([^0-9]{2,})([0-9].{3,})$/u.exec(word) ?? [];
    return digits && vocabulary.has(commonForm(digits)) ? [letters, commonForm(digits)] : null;
  }

  function element(name, text, className) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  // Where most words of the query follow soon; of equals, the first.
  function bestStart(met) {
    let [best, most] = [0, 0];
    met.forEach((hit, number) => {
      const near = new Set();
      for (let next = number; next < met.length && met[next].at < hit.at + SNIPPET - LEAD; next += 1) near.add(met[next].word);
      if (near.size > most) [best, most] = [hit.at, near.size];
    });
    return best;
  }

  // Places without overlaps, from sorted ones.
  function joined(met) {
    const runs = [];
    for (const { at, length } of met) {
      const last = runs.at(-1);
      if (last && at < last.stop) last.stop = Math.max(last.stop, at + length);
      else runs.push({ at, stop: at + length });
    }
    return runs;
  }

  // A column's text with its hits marked; of a long one, the part with most of them.
  function marked(target, column, byWord, isWhole) {
    const met = (byWord ?? []).flatMap((places, word) => places.map((place) => ({ ...place, word }))).sort((one, other) => one.at - other.at);
    const first = isWhole ? 0 : Math.max(0, bestStart(met) - LEAD);
    const last = isWhole ? column.tokens.length : Math.min(column.tokens.length, first + SNIPPET);
    let at = first ? column.tokens[first].start : 0;
    const end = last < column.tokens.length ? column.tokens[last - 1].end : column.text.length;
    if (first) target.append("… ");
    for (const place of joined(met)) {
      const [start, stop] = [column.tokens[place.at].start, column.tokens[Math.min(place.stop, column.tokens.length) - 1].end];
      if (start < at || stop > end) continue;
      target.append(column.text.slice(at, start), element("mark", column.text.slice(start, stop)));
      at = stop;
    }
    target.append(column.text.slice(at, end) + (end < column.text.length ? " …" : ""));
    return target;
  }

  function item({ row, found }) {
    const [title, address, section] = index.pages[row.page];
    const link = element("a");
    link.href = address + (row.id === null ? "" : "#" + row.id);
    if (row.id === null) marked(link, row.columns.title, found.title, true);
    else { link.append(title + ": "); marked(link, row.columns.heading, found.heading, true); }
    const heading = element("h2");
    heading.append(link);
    const shown = row.id === null && (found.text ?? []).flat().length <= (found.description ?? []).flat().length ? "description" : "text";
    const line = element("li");
    line.append(heading, element("p", index.sections[section], "small"), marked(element("p"), row.columns[shown], found[shown], false));
    return line;
  }

  // The index by letter, where words alone do not lead on.
  function offer(said) {
    const link = element("a", "index from A to Z");
    link.href = list.dataset.alphabet;
    count.replaceChildren(said + " Look through the ", link, ".");
  }

  const named = document.title;
  const title = (typed) => typed.trim() ? `Search: ${typed.trim().slice(0, LONGEST)} – ${named}` : named;

  function show(typed) {
    prepare();
    const query = understood(typed);
    document.title = title(typed);
    list.replaceChildren();
    if (!query.length) {
      offer(typed.trim() ? "There is no word and no number in what you typed. Type a word, a code or a name." : "Type a word, a code or a name.");
      return;
    }
    let { wanted, missing } = find(query);
    let said = "";
    if (missing.length) {
      const mended = query.flatMap((word) => {
        if (!missing.includes(word)) return [word.shown];
        if (word.words.length > 1) return word.words;
        const glued = parts(word.words[0]);
        const instead = glued?.join(" ") ?? neighbour(word.words[0]);
        said += `Nothing found for “${word.shown}”. ${instead ? `Showing “${instead}”. ` : ""}`;
        return instead ? [instead] : [];
      });
      if (mended.length) wanted = find(understood(mended.join(" "))).wanted;
    }
    const best = wanted.slice(0, MOST_PAGES);
    count.textContent = said + (wanted.length > best.length ? `The best ${best.length} of ${wanted.length} pages found.` : `${best.length || "No"} ${best.length === 1 ? "page" : "pages"} found.`);
    list.replaceChildren(...best.map(item));
    if (!best.length) offer(said + "No page found. Try fewer words, or the code alone.");
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    try { history.replaceState(null, "", "?q=" + encodeURIComponent(box.value)); } catch { /* Some browsers keep a file's address as it is. */ }
    show(box.value);
  });
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) { box.value = asked.slice(0, LONGEST); show(box.value); }
})();
