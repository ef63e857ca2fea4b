// Writes the Liang patterns of the npm package "hyphen" (which took them from
// TeX's hyph-utf8) as plain text: node patterns.js NODE_MODULES OUT
// One pattern a line, digits between letters; then the exceptions, one a line,
// with hyphens where a break is allowed and an equals sign before the word.
const fs = require("fs");
const path = require("path");
const [modules, out] = process.argv.slice(2);
for (const [lang, file] of Object.entries({ "en-gb": "en-gb", "en-us": "en-us", fr: "fr", es: "es", pt: "pt", de: "de-1996", it: "it" })) {
  const [levels, tree, exceptions] = require(path.resolve(modules, "hyphen/patterns", file + ".js"));
  const lines = [];
  const spell = (letters, level) => {
    // The source leaves out the place before the full stop that marks the start of a word.
    const digits = letters[0] === "." ? [0, ...levels[level]] : levels[level];
    let s = "";
    for (let i = 0; i <= letters.length; i++) s += (digits[i] || "") + (letters[i] || "");
    lines.push(s);
  };
  const walk = (node, letters) => {
    if (typeof node === "number") return spell(letters, node);
    if (Array.isArray(node)) { walk(node[0], letters); return spell(letters, node[1]); }
    for (const c of Object.keys(node)) walk(node[c], [...letters, c]);
  };
  walk(tree, []);
  lines.sort();
  for (const word of Object.keys(exceptions).sort()) {
    let s = "", last = 0;
    for (const at of exceptions[word]) { s += word.slice(last, at) + "-"; last = at; }
    lines.push("=" + s + word.slice(last));
  }
  fs.writeFileSync(path.join(out, lang + ".txt"), lines.join("\n") + "\n");
}
