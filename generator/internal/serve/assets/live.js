// Keeps an open page up to date while the site is being written.
(() => {
  'use strict';
  const script = document.currentScript;
  const base = new URL('.', script.src).href;
  let build = Number(new URL(script.src).searchParams.get('build'));
  const key = 'uccn-place';

  // The browser restores the place of most reloads itself, but not of pages that grow late.
  try {
    const at = JSON.parse(sessionStorage.getItem(key));
    sessionStorage.removeItem(key);
    if (at && at.page === location.pathname) {
      const go = () => scrollTo({left: at.x, top: at.y, behavior: 'instant'});
      go();
      addEventListener('load', go, {once: true});
    }
  } catch {}

  const reload = () => {
    try { sessionStorage.setItem(key, JSON.stringify({page: location.pathname, x: scrollX, y: scrollY})); } catch {}
    location.reload();
  };

  // Puts the new stylesheet beside the old one and takes that away when the new one works.
  const restyle = sheets => {
    for (const link of document.querySelectorAll('link[rel~="stylesheet"]')) {
      const url = new URL(link.href);
      for (const [from, to] of Object.entries(sheets)) {
        if (url.origin !== location.origin || !url.pathname.endsWith('/' + from)) continue;
        const fresh = link.cloneNode();
        url.pathname = url.pathname.slice(0, -from.length) + to;
        url.search = '?build=' + build;
        fresh.href = url.href;
        fresh.onload = () => link.remove();
        fresh.onerror = () => fresh.remove();
        link.after(fresh);
      }
    }
  };

  const host = document.createElement('uccn-problems');
  const root = host.attachShadow({mode: 'open'});
  const element = (name, text, kind) => {
    const e = document.createElement(name);
    if (text) e.textContent = text;
    if (kind) e.className = kind;
    return e;
  };

  let open = false;
  let last = '';
  const show = ({problems, failure}) => {
    if (document.body.classList.contains('uccn-page')) return; // it shows them itself
    const text = JSON.stringify([problems, failure]);
    const errors = problems.filter(p => p.severity === 'error').length;
    if (text !== last) open = errors > 0 || Boolean(failure);
    last = text;
    root.replaceChildren();
    if (!problems.length && !failure) { host.remove(); return; }
    const sheet = element('link');
    sheet.rel = 'stylesheet';
    sheet.href = base + 'live.css';
    const warnings = problems.length - errors;
    const count = [[errors, 'error'], [warnings, 'warning']].filter(([n]) => n)
      .map(([n, word]) => n + ' ' + word + (n > 1 ? 's' : '')).join(', ') || 'The build stopped';
    root.append(sheet, open ? panel(problems, failure, count) : pill(count, errors || failure));
    if (!host.isConnected) document.documentElement.append(host);
  };
  const flip = to => { open = to; const [problems, failure] = JSON.parse(last); show({problems, failure}); };

  const pill = (count, bad) => {
    const b = element('button', count, bad ? 'pill error' : 'pill');
    b.onclick = () => { flip(true); root.querySelector('section').focus(); };
    return b;
  };
  const panel = (problems, failure, count) => {
    const box = element('section');
    box.setAttribute('role', 'alertdialog');
    box.setAttribute('aria-label', 'Problems of this site');
    box.tabIndex = -1;
    box.lang = 'en';
    box.dir = 'ltr';
    const head = element('header');
    const close = element('button', 'Close', 'close');
    close.onclick = () => flip(false);
    head.append(element('h2', count), close);
    const list = element('ol');
    for (const p of problems) {
      const item = element('li', '', p.severity);
      const words = element('p', p.message + ' ');
      words.append(element('code', p.code));
      item.append(element('p', p.place, 'place'), words);
      if (p.line) {
        const line = Array.from(p.line), pre = element('pre');
        pre.append(line.slice(0, p.from).join(''), element('mark', line.slice(p.from, p.to).join('')), line.slice(p.to).join(''));
        item.append(pre);
      }
      if (p.hint) item.append(element('p', p.hint, 'hint'));
      list.append(item);
    }
    box.append(head);
    if (failure) box.append(element('p', failure, 'failure'));
    box.append(list, element('p', 'The page shows the last good build. This goes away when the problems are mended.', 'note'));
    return box;
  };
  addEventListener('keydown', e => { if (e.key === 'Escape' && open && host.isConnected) flip(false); });

  // A discreet way to what belongs beside the page.
  if (script.dataset.beside) {
    const beside = document.createElement('uccn-beside');
    const shadow = beside.attachShadow({mode: 'open'});
    const sheet = element('link');
    sheet.rel = 'stylesheet';
    sheet.href = base + 'live.css';
    const link = element('a', script.dataset.label, 'beside');
    link.href = script.dataset.beside;
    link.lang = 'en';
    shadow.append(sheet, link);
    document.documentElement.append(beside);
  }

  const listen = () => {
    const page = encodeURIComponent(location.pathname);
    const stream = new EventSource(base + 'live?build=' + build + '&page=' + page);
    stream.onmessage = e => {
      const m = JSON.parse(e.data);
      if (m.do === 'reload' || m.build < build) { stream.close(); reload(); return; }
      build = m.build;
      if (m.do === 'style') restyle(m.sheets);
      show(m);
    };
    // The browser would ask again for the build of the first time.
    stream.onerror = () => { stream.close(); setTimeout(listen, 400); };
    addEventListener('pagehide', () => stream.close(), {once: true});
  };
  listen();
  addEventListener('pageshow', e => { if (e.persisted) reload(); });
})();
