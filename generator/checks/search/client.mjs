// Runs the search client without a browser.
//   client.mjs fold ASSETS CASES           fold and tokens give what the table says
//   client.mjs questions SITE CASES EDITION  questions find what they should, in little
// Prints what is wrong and ends with 1.
import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import zlib from 'node:zlib';
import { fileURLToPath, pathToFileURL } from 'node:url';

const [what, dir, cases, edition] = process.argv.slice(2);
const table = JSON.parse(fs.readFileSync(cases, 'utf8'));
let wrong = 0;
const complain = (...words) => { wrong++; console.log(...words); };
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

// The client knows a document by these parts alone; a script that is put into
// its head is run at once.
function client(file, lang) {
  const read = new Set();
  const context = vm.createContext({
    URL, console, setTimeout,
    document: {
      currentScript: { src: pathToFileURL(file).href }, documentElement: { lang },
      createElement: () => ({}),
      head: { append(s) {
        const name = fileURLToPath(new URL(s.src).href.replace(/\?.*/, ''));
        if (!fs.existsSync(name)) return setTimeout(s.onerror);
        read.add(name);
        vm.runInContext(fs.readFileSync(name, 'utf8'), context);
      } },
    },
  });
  vm.runInContext(fs.readFileSync(file, 'utf8'), context);
  return { uccn: context.uccn, read };
}

if (what === 'fold') {
  const { uccn } = client(path.join(dir, 'search.js'), 'en');
  for (const c of table) {
    if (uccn.fold(c.text) !== c.fold) complain(`fold ${c.text}: ${uccn.fold(c.text)}, want ${c.fold}`);
    if (!same(uccn.tokens(c.text), c.tokens)) complain(`tokens ${c.text}: ${uccn.tokens(c.text)}, want ${c.tokens}`);
  }
} else {
  const limit = 20 * 1024;
  const script = fs.readdirSync(path.join(dir, 'assets')).find(n => /^search\.\w+\.js$/.test(n));
  const size = f => zlib.brotliCompressSync(fs.readFileSync(f)).length;
  for (const c of table) {
    if (c.editions && !c.editions.includes(edition)) continue;
    const { uccn, read } = client(path.join(dir, 'assets', script), c.lang ?? 'en');
    const hits = await uccn.find(c.ask);
    const shown = hits.slice(0, 6);
    const quotes = await Promise.all(shown.map(h => uccn.quote(h, c.ask)));
    const at = shown.map(h => path.relative(dir, fileURLToPath(h.href)).replaceAll('\\', '/'));
    const place = at.indexOf(c.want + 'index.html');
    if (c.none ? hits.length : place < 0 || place >= (c.within ?? 1)) complain(`${edition}: ${c.ask}: found ${at.join(' ') || 'nothing'}, want ${c.want ?? 'nothing'}`);
    const [tongue, quote] = quotes[place] ?? [];
    if (c.quote && !quote?.some(([text, on]) => on && text === c.quote)) complain(`${edition}: ${c.ask}: quoted ${JSON.stringify(quote)}, want ${c.quote} marked`);
    if (c.quoted && tongue !== c.quoted) complain(`${edition}: ${c.ask}: its quote is said to be in ${tongue}, want ${c.quoted}`);
    if (c.in && hits[place]?.lang !== c.in) complain(`${edition}: ${c.ask}: its title is said to be in ${hits[place]?.lang}, want ${c.in}`);
    for (const a of c.about ?? []) if (!hits[place]?.about.some(b => same(a, b))) complain(`${edition}: ${c.ask}: beside its title stands ${JSON.stringify(hits[place]?.about)}, want ${JSON.stringify(a)}`);
    for (const h of shown) if (!fs.existsSync(fileURLToPath(h.href))) complain(`${edition}: ${c.ask}: ${h.href} is not there`);
    const weight = [...read].reduce((n, f) => n + size(f), 0);
    if (weight > limit) complain(`${edition}: ${c.ask}: ${weight} bytes for the first answer, at most ${limit}`);
    if (process.env.VERBOSE) console.error(edition, c.ask, hits.length, 'hits', weight, 'bytes');
  }
  for (const name of ['search', 'find', 'app']) {
    const f = fs.readdirSync(path.join(dir, 'assets')).find(n => n.startsWith(name + '.') && n.endsWith('.js'));
    if (size(path.join(dir, 'assets', f)) > 2048) complain(`${f}: ${size(path.join(dir, 'assets', f))} bytes, at most 2048`);
  }
}
process.exit(wrong ? 1 : 0);
