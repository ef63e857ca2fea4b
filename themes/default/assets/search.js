// Search in the pages' index, which consists of scripts so that it also works
// from a disk. Each calls uccn with its name and its content; package
// searchindex says what that is. find.js is what readers see of it.
(() => {
  const doc = document, src = doc.currentScript.src, root = new URL('..', src), lang = doc.documentElement.lang;
  const waiting = {}, got = {};
  const get = (name, version = '') => got[name] ??= new Promise((done, fail) => {
    const s = doc.createElement('script');
    waiting[name] = done;
    s.src = new URL(`search/${name}.js${version && '?' + version}`, root);
    s.onerror = () => { delete got[name]; fail(); };
    doc.head.append(s);
  });

  // The steps of Fold and Tokens in package searchindex; one table of cases holds both.
  const letters = Object.fromEntries('łl øo đd ðd ħh ıi əe þth ßss æae œoe ςσ ـ ٱا ىي ةه کك یي'.split(' ').map(p => [p[0], p.slice(1)]));
  const fold = s => s.normalize('NFKD').replace(/\p{Mn}/gu, '').toLowerCase().replace(/[٠-٩۰-۹]/g, c => c.charCodeAt() & 15)
    .replace(/[^\0-\x7f]/g, c => letters[c] ?? c).normalize('NFC');
  const scripts = 'Han Hiragana Katakana Hangul Thai Lao Khmer Myanmar'.replace(/(\w+) ?/g, '\\p{Script=$1}') + 'ー';
  const pairs = new RegExp(`[${scripts}]`, 'u'), runs = new RegExp(`[${scripts}]+|(?:(?![${scripts}])[\\p{L}\\p{Nd}\\p{M}])+`, 'gu');
  const pieces = new RegExp(`(?<=\\s|[${scripts}])`, 'u');
  const tokens = s => (fold(s).match(runs) ?? []).flatMap(w => {
    if (!pairs.test(w)) return w.length > 4 && w.startsWith('ال') ? w.slice(2) : w;
    const r = [...w];
    return r[1] ? r.slice(1).map((c, i) => r[i] + c) : r;
  });

  // one letter more, less or other, or two neighbours exchanged
  const near = (a, b) => {
    let i = 0, x = a.length, y = b.length;
    while (i < x && a[i] === b[i]) i++;
    while (x > i && y > i && a[x - 1] === b[y - 1]) x--, y--;
    return x - i < 2 && y - i < 2 || x - i === 2 && y - i === 2 && a[i] === b[i + 1] && a[i + 1] === b[i];
  };

  let index;
  const load = () => index ??= get('index-' + lang).then(d => {
    const lines = d.docs.split('\n');
    let note, tongue = '-', beside = '-', n = 0;
    const named = l => l === '-' ? lang : l;
    d.all = d.kinds.flatMap(([kind, name, base, count]) => lines.splice(0, count).map(line => {
      const [title, slug, n1, fields, l1, l2] = line.split('\t');
      const at = slug || fold(title).match(/[a-z0-9]+/g).join('-');
      note = n1 || note; tongue = l1 || tongue; beside = l2 || beside;
      const e = { n: n++, title, lang: named(tongue), kind, fields: [...fields ?? ''].map(c => d.fields[parseInt(c, 36)]), href: new URL(base + at + (root.protocol === 'file:' ? '/index.html' : '/'), root) };
      e.about = [[name], ...note === '-' ? [] : [[note, named(beside)]], ...e.fields.map(f => f.slice(1))]; // words, and their language
      e.t = tokens(`${title} ${at} ${at.replace(/-/g, '')}`); e.s = tokens(e.about.map(a => a[0]).join(' '));
      return e;
    }));
    return d;
  }, e => { index = null; throw e; });

  // the file of the words that begin with the same two letters
  const file = (d, q) => 'words.' + `${(q.charCodeAt() * 31 + (q.charCodeAt(1) || 0)) % d.shards}`.padStart(2, 0);

  // its words, each with its documents: number and weight
  const words = (d, name) => get(name, d.v).then(text => {
    let before = [];
    return !text ? [] : text.split(' ').map(entry => {
      const [head, list] = entry.split(':'), r = [...head];
      let id = -1;
      before = [...before.slice(0, parseInt(r[0], 36)), ...r.slice(1)];
      return [before.join(''), list.split(',').map(p => { const [gap, w = 1] = p.split('*'); return [id += parseInt(gap, 36) + 1, +w]; })];
    });
  });

  // The files in which a word may stand of whose first two letters one is missing or another, the likeliest first:
  // where it would stand if it began as a word of a title does, which counts the more the longer both go on alike.
  const likely = (d, q) => {
    const sums = {};
    for (const t of new Set(d.all.flatMap(e => [...e.t, ...e.s]))) for (const from of [1, 2]) if (near(q, t.slice(0, 2) + q.slice(from))) {
      let i = 0;
      while (i < 3 && t[i + 2] === q[i + from]) i++;
      const f = file(d, t);
      sums[f] = (sums[f] ?? 0) + 8 ** i;
    }
    return Object.keys(sums).sort((a, b) => sums[b] - sums[a]);
  };

  // Documents with as many of the words as any has, the best first. The last word may be unfinished.
  const find = async (text) => {
    const d = await load(), terms = tokens(text), scores = new Map();
    for (const [i, q] of terms.entries()) {
      const last = i > terms.length - 2, hits = new Map();
      let rows = await words(d, file(d, q));
      const add = (n, v) => { if (v > (hits.get(n) ?? 0)) hits.set(n, v); };
      const pass = fits => {
        for (const e of d.all) for (const [list, w] of [[e.t, 10], [e.s, 4]]) for (const t of list) add(e.n, w * fits(t) * (1 + .1 / list.length));
        for (const [t, list] of rows) { const f = fits(t) * Math.log(1 + d.all.length / list.length); if (f) for (const [n, w] of list) add(n, f * w / (w + 1)); }
      };
      pass(t => t === q ? 1 : last && t.startsWith(q) ? .4 + .4 * q.length / t.length : 0);
      const slip = t => near(q, t) ? .5 : last && near(q, t.slice(0, q.length)) ? .3 : 0;
      if (!hits.size && q.length > 3) pass(slip);
      const more = async files => { rows = (await Promise.all(files.map(f => words(d, f)))).flat(); pass(slip); };
      if (!hits.size && q.length > 3) {
        // a slip in the first letters: two exchanged, or one too many; or else one that is missing, or another
        const asked = [q, q[1] + q[0], q[1] + q[2], q[0] + q[2]].map(two => file(d, two));
        await more(asked.slice(1));
        if (!hits.size) await more(likely(d, q).filter(f => !asked.includes(f)).slice(0, 2));
      }
      for (const [n, v] of hits) { const s = scores.get(n) ?? [0, 0]; scores.set(n, [s[0] + 1, s[1] + v]); }
    }
    const most = Math.max(...[...scores.values()].map(s => s[0]));
    return [...scores].filter(([, s]) => s[0] === most).sort((a, b) => b[1][1] - a[1][1] || a[0] - b[0]).map(([n]) => d.all[n]);
  };

  // a line of a document's text around the first word that was looked for, all in one language: that, and the parts
  // of the line, and whether they are such words
  const quote = async (hit, text) => {
    const d = await load(), k = hit.n / d.chunk | 0, terms = tokens(text), out = [];
    const told = `${lang}\t${(await get(`text-${lang}.${`${k}`.padStart(2, 0)}`, d.v))[hit.n % d.chunk]}`;
    const texts = [...told.matchAll(/([^\t]+)\t([^\t]+)/g)].map(([, tongue, words]) => {
      const all = words.split(pieces);
      return [tongue, all, all.map(w => tokens(w).some(t => terms.some(q => t.startsWith(q) || pairs.test(t) && q.includes(t) || q.length > 3 && near(q, t))))];
    });
    const [tongue, all, fits] = texts.find(t => t[2].includes(true)) ?? texts[0] ?? [lang, [], []];
    const from = Math.max(0, fits.indexOf(true) - 8);
    if (from) out.push(['… ', false]);
    for (let i = from, n = 0; i < all.length && n < 170; n += all[i++].length) {
      const [, word, rest] = all[i].match(/^(.*?)([^\p{L}\p{N}\p{M}]*)$/su);
      out.push([word, fits[i]], [rest, false]);
    }
    return [tongue, out];
  };

  globalThis.uccn = Object.assign((name, data) => waiting[name](data), { fold, tokens, load, find, quote });
})();
