// The stems of SQLite's "porter" tokenizer (Porter, "An algorithm for suffix stripping", 1980), for the search of a copy of the manual that
// is read from files: search.js, which comes after this script, compares words by them.
"use strict";

(() => {
  const CONSONANTS = "[^aeiou][^aeiouy]*", VOWELS = "[aeiouy][aeiou]*";
  const [ONE, JUST_ONE, MORE, VOWEL] = [`^(?:${CONSONANTS})?${VOWELS}${CONSONANTS}`, `^(?:${CONSONANTS})?${VOWELS}${CONSONANTS}(?:${VOWELS})?$`,
    `^(?:${CONSONANTS})?(?:${VOWELS}${CONSONANTS}){2}`, `^(?:${CONSONANTS})?[aeiouy]`].map((text) => new RegExp(text));
  const SHORT = new RegExp(`^${CONSONANTS}[aeiouy][^aeiouwxy]$`);
  const SECOND = { ational: "ate", tional: "tion", enci: "ence", anci: "ance", izer: "ize", logi: "log", bli: "ble", alli: "al", entli: "ent", eli: "e",
    ousli: "ous", ization: "ize", ation: "ate", ator: "ate", alism: "al", iveness: "ive", fulness: "ful", ousness: "ous", aliti: "al", iviti: "ive", biliti: "ble" };
  const THIRD = { icate: "ic", ative: "", alize: "al", iciti: "ic", ical: "ic", ful: "", ness: "" };
  const SECOND_END = /(ational|tional|enci|anci|izer|logi|bli|alli|entli|eli|ousli|ization|ation|ator|alism|iveness|fulness|ousness|aliti|iviti|biliti)$/;
  const THIRD_END = /(icate|ative|alize|iciti|ical|ful|ness)$/;
  const FOURTH_END = /(al|ance|ence|er|ic|able|ible|ant|ement|ment|ent|ou|ism|ate|iti|ous|ive|ize)$/;

  function ended(word, end, measure, ends) {
    const found = end.exec(word);
    if (!found) return word;
    const bare = word.slice(0, found.index);
    return measure.test(bare) ? bare + (ends ? ends[found[1]] : "") : word;
  }

  const stems = new Map();
  window.proxydeskStem = (word) => {
    if (!stems.has(word)) stems.set(word, word.length < 3 || word.length > 64 ? word : stripped(word));
    return stems.get(word);
  };

  function stripped(typed) {
    let word = typed.replace(/^y/, "Y").replace(/(sse|ie)s$/, (end) => (end === "sses" ? "ss" : "i")).replace(/([^s])s$/, "$1");
    if (/eed$/.test(word)) {
      if (ONE.test(word.slice(0, -3))) word = word.slice(0, -1);
    } else {
      const bare = word.replace(/(ed|ing)$/, "");
      if (bare !== word && VOWEL.test(bare)) {
        word = bare;
        if (/(at|bl|iz)$/.test(word)) word += "e";
        else if (/([^aeiouylsz])\1$/.test(word)) word = word.slice(0, -1);
        else if (SHORT.test(word)) word += "e";
      }
    }
    if (/y$/.test(word) && VOWEL.test(word.slice(0, -1))) word = word.slice(0, -1) + "i";
    word = ended(ended(word, SECOND_END, ONE, SECOND), THIRD_END, ONE, THIRD);
    if (FOURTH_END.test(word)) word = ended(word, FOURTH_END, MORE);
    else if (/[st]ion$/.test(word) && MORE.test(word.slice(0, -3))) word = word.slice(0, -3);
    if (/e$/.test(word)) {
      const bare = word.slice(0, -1);
      if (MORE.test(bare) || (JUST_ONE.test(bare) && !SHORT.test(bare))) word = bare;
    }
    if (/ll$/.test(word) && MORE.test(word)) word = word.slice(0, -1);
    return word.toLowerCase();
  }
})();
