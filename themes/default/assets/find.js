// What readers see of search.js: a dialog on every page, which the event
// uccn-find opens, and the form of the search page, form[data-search]. Results
// are a plain list of links with a spoken count; arrow keys go through them.
(() => {
  const doc = document, here = doc.currentScript.src, root = doc.documentElement, lang = root.lang;
  const el = (name, props, ...inside) => { const e = Object.assign(doc.createElement(name), props); e.append(...inside); return e; };
  const engine = new Promise((done, fail) => doc.head.append(
    el('link', { rel: 'stylesheet', href: new URL('./find.css', here) }),
    el('script', { src: new URL('./search.js', here), onload: done, onerror: fail })));
  const slash = { get: () => { try { return localStorage.slash !== 'off'; } catch { return true; } }, set: on => { try { localStorage.slash = on ? 'on' : 'off'; } catch {} } };

  // Works on a form with a field, a status and a list; on the search page it has
  // room for choices, and its state stands in the address.
  const attach = (form, most) => {
    const $ = s => form.querySelector(s), input = $('[type=search]'), list = $('ol'), live = $('[role=status]'), choices = $('[data-choices]');
    const asked = new URLSearchParams(choices ? location.search : '');
    let d, hits = [], last = 0, shown = most;
    const chosen = name => $(`[name=${name}]:checked`)?.value ?? '';
    const number = n => `${n}`.replace(/\d/g, c => d.words.digits[c]), rules = new Intl.PluralRules(lang);
    const counted = n => d.words['count' + [0, 1, 2, 3, 11, 100].find(k => rules.select(k) === rules.select(n))].replace('%', number(n));
    const fits = { kind: (h, id) => h.kind === id, field: (h, id) => h.fields.some(f => f[0] === id) };
    const choose = (name, options) => {
      const was = chosen(name) || asked.get(name) || '', box = el('div', { className: 'chips' });
      for (const [id, label, l = lang] of [['', d.words.all], ...options]) {
        const n = id ? hits.filter(h => fits[name](h, id)).length : hits.length;
        if (n || !id) box.append(el('label', l === lang ? {} : { lang: l }, el('input', { type: 'radio', name, value: id, checked: id === was || !id }), label + ' ', el('span', {}, number(n))));
      }
      asked.delete(name);
      return el('fieldset', {}, el('legend', { className: 'vh' }, d.words[name]), box);
    };
    const line = h => {
      const p = el('p', { dir: 'auto' }), f = h.fields[0];
      uccn.quote(h, input.value).then(([l, q]) => { if (l !== lang) p.lang = l; p.append(...q.map(([s, on]) => on ? el('mark', {}, s) : s)); }, () => {});
      return el('li', { className: 'f-' + (f?.[0] ?? 'none') }, el('a', { href: h.href }, el('b', { dir: 'auto', lang: h.lang }, h.title), ' ', el('span', {}, ...h.about.flatMap(([s, l = lang]) => [' · ', l === lang ? s : el('span', { lang: l }, s)]).slice(1))), p);
    };
    const draw = () => {
      const fit = hits.filter(h => Object.keys(fits).every(k => !chosen(k) || fits[k](h, chosen(k))));
      list.replaceChildren(...fit.slice(0, shown).map(line));
      if (choices && fit.length > shown) list.append(el('li', {}, el('button', { type: 'button', className: 'btn', textContent: d.words.more, onclick: () => {
        const at = shown;
        shown += most; draw(); list.children[at].firstChild.focus();
      } })));
      const any = input.value.trim();
      live.textContent = !any ? d.words.hint : fit.length ? counted(fit.length) : d.words.none;
      if (!choices) return;
      for (const e of doc.querySelectorAll('[data-all]')) e.hidden = any;
      const q = new URLSearchParams([...new FormData(form)].filter(p => p[1]));
      try { history.replaceState(null, '', q.size ? '?' + q : location.pathname); } catch {}
    };
    const run = async () => {
      const id = ++last;
      try {
        await engine;
        d = await uccn.load();
        const found = await uccn.find(input.value);
        if (id !== last) return;
        hits = found; shown = most;
        choices?.replaceChildren(...hits.length ? [choose('kind', d.kinds.map(k => k.slice(0, 2))), choose('field', d.fields)] : []);
        draw();
      } catch { live.textContent = '⚠ ' + (d?.words.failed ?? ''); }
    };
    input.addEventListener('input', run);
    if (!choices) input.addEventListener('keydown', e => { if (e.key === 'Escape') { e.preventDefault(); dialog.close(); } }); // once, not to empty the field first
    choices?.addEventListener('change', () => { shown = most; draw(); });
    form.addEventListener('submit', e => {
      e.preventDefault();
      if (!choices) location = form.action + '?q=' + encodeURIComponent(input.value);
    });
    form.addEventListener('keydown', e => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[e.key], stops = [input, ...list.querySelectorAll('a, button')], i = stops.indexOf(doc.activeElement);
      if (!step || i < 0) return;
      e.preventDefault();
      stops[Math.max(0, Math.min(stops.length - 1, i + step))].focus();
    });
    form.hidden = false;
    if (asked.has('q')) input.value = asked.get('q');
    run();
    return engine.then(() => uccn.load());
  };

  let dialog;
  const open = async () => {
    if (!dialog) {
      const input = el('input', { type: 'search', name: 'q', autocomplete: 'off', spellcheck: false }), close = el('button', { type: 'button', textContent: '×', onclick: () => dialog.close() });
      const key = el('input', { type: 'checkbox', checked: slash.get(), onchange: () => slash.set(key.checked) }), note = el('span');
      const live = el('p');
      live.setAttribute('role', 'status');
      const form = el('form', { action: doc.querySelector('[data-find]').href }, el('div', {}, input, close), live, el('ol'), el('label', { hidden: true }, key, note));
      form.setAttribute('role', 'search');
      dialog = el('dialog', { className: 'find' }, form);
      // until the index has come, the link that opened the dialog names it
      const call = name => [dialog, input].forEach(e => e.setAttribute('aria-label', name));
      call(doc.querySelector('[data-find]').textContent.trim());
      doc.body.append(dialog);
      attach(form, 6).then(({ words }) => {
        call(words.label);
        input.placeholder = words.label; close.textContent = words.close; note.textContent = words.slash; note.parentNode.hidden = false;
      });
    }
    if (!dialog.open) dialog.showModal();
    dialog.querySelector('input').select();
  };
  addEventListener('uccn-find', open);
  for (const form of doc.querySelectorAll('form[data-search]')) attach(form, 10);
})();
