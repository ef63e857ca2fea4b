// What lists and maps do beyond their style sheets: filters that combine, arrows.
(() => {
  const $ = (s, r = document) => r.querySelector(s), $$ = (s, r = document) => [...r.querySelectorAll(s)];
  const lang = document.documentElement.lang, digits = lang === 'ar' ? 'ar-EG' : lang; // those that the pages are written with
  const fold = s => s.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/ł/g, 'l').replace(/ø/g, 'o').replace(/ı/g, 'i').replace(/ß/g, 'ss');

  // filters: style sheets do the field, this adds the rest, the address and the spoken count
  for (const box of $$('form.filters')) {
    const items = $$(box.dataset.filter), out = $('output', box), inputs = $$('input, select', box), url = new URLSearchParams(location.search);
    for (const el of inputs) {
      const v = url.get(el.name);
      if (v === null) continue;
      if (el.type === 'radio') el.checked = el.value === v; else el.value = v;
    }
    const meets = (d, cl, k, v) =>
      k === 'field' ? cl.contains('f-' + v) : k === 'name' ? fold(d.name).includes(fold(v)) : (' ' + d[k] + ' ').includes(' ' + v + ' ');
    const count = (q, but) => items.filter(it => [...q].every(([k, v]) => k === but || meets(it.dataset, it.classList, k, v))).length;
    // nothing has all that was chosen: the ways on are to leave one thing out, or its own page
    const none = $('[data-lack]');
    const lack = (q, n) => {
      if (!none) return;
      none.hidden = n > 0;
      $$('.row', none).forEach(e => e.remove());
      if (n) return;
      const row = none.appendChild(Object.assign(document.createElement('p'), { className: 'row' }));
      for (const el of inputs) {
        if (!el.value || el.type === 'radio' && !el.checked) continue;
        const name = (el.selectedOptions?.[0] ?? el.labels[0]).textContent.trim(), says = (key, e) => Object.assign(e, { className: 'btn', textContent: none.dataset[key].replace('%', el.type === 'search' ? el.value : name) });
        const left = q.size > 1 && count(q, el.name);
        if (left) row.append(Object.assign(says('lack', document.createElement('button')), { type: 'button', onclick() {
          const to = el.type === 'radio' ? inputs.find(i => i.name === el.name && !i.value) : el;
          if (to === el) el.value = ''; else to.checked = true;
          apply(true); to.focus();
        } }));
        if (left) row.lastChild.append(` (${left.toLocaleString(digits)})`);
        if (el.dataset.pages) row.append(Object.assign(says('page', document.createElement('a')), { href: el.dataset.pages.replace('%', el.value) + (/^http/.test(location.protocol) ? '' : 'index.html') }));
      }
    };
    const apply = push => {
      const q = new URLSearchParams();
      for (const el of inputs) if (el.value && (el.type !== 'radio' || el.checked)) q.set(el.name, el.value);
      let n = 0;
      for (const it of items) {
        it.hidden = ![...q].every(([k, v]) => meets(it.dataset, it.classList, k, v));
        n += !it.hidden;
      }
      for (const g of $$('[data-group]')) g.hidden = !$$(box.dataset.filter, g).some(it => !it.hidden);
      lack(q, n);
      out.textContent = n === 1 ? out.dataset.single : n ? out.dataset.many.replace('%', n.toLocaleString(digits)) : out.dataset.none;
      if (push) try { history.replaceState(null, '', (q.size ? '?' + q : location.pathname) + location.hash); } catch {}
    };
    box.addEventListener('input', () => apply(true));
    box.addEventListener('reset', () => setTimeout(() => apply(true)));
    box.addEventListener('submit', e => e.preventDefault());
    $$('[data-script]', box).forEach(e => (e.hidden = false));
    apply(false);
    if (!location.hash && inputs.some(el => url.get(el.name))) box.scrollIntoView(); // who asked for some wants to see them
  }

  // map: one tab stop, arrows go to the nearest city in that direction
  for (const map of $$('svg[data-roving]')) {
    const as = $$('a', map);
    if (!as.length) continue;
    const at = as.map(a => { const c = $('circle', a); return [+c.getAttribute('cx'), +c.getAttribute('cy')]; });
    // the stop is the city nearest to the middle of all, from which arrows lead everywhere
    const mid = [0, 1].map(k => at.reduce((n, p) => n + p[k], 0) / at.length), far = ([x, y]) => Math.hypot(x - mid[0], y - mid[1]);
    const first = at.reduce((b, p, i) => far(p) < far(at[b]) ? i : b, 0);
    as.forEach((a, i) => a.setAttribute('tabindex', i === first ? 0 : -1));
    map.addEventListener('keydown', e => {
      const v = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[e.key];
      const i = as.indexOf(document.activeElement);
      if (!v || i < 0) return;
      e.preventDefault();
      let best = -1, cost = Infinity;
      at.forEach(([x, y], j) => {
        const dx = x - at[i][0], dy = y - at[i][1], along = dx * v[0] + dy * v[1], off = Math.abs(dx * v[1] + dy * v[0]);
        if (j !== i && along > 0 && along + off * 2.2 < cost) { cost = along + off * 2.2; best = j; }
      });
      if (best >= 0) { as[i].setAttribute('tabindex', -1); as[best].setAttribute('tabindex', 0); as[best].focus(); }
    });
  }
})();
