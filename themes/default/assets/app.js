// Everything here is an extra: pages work without it. Lists and maps have wide.js.
(() => {
  const $ = (s, r = document) => r.querySelector(s), $$ = (s, r = document) => [...r.querySelectorAll(s)];
  const root = document.documentElement;

  // only a server may give a manifest, and there index.html, which links name so
  // that they also work from a disk, is noise
  if (/^http/.test(location.protocol)) {
    document.head.append(Object.assign(document.createElement('link'), { rel: 'manifest', href: new URL('../site.webmanifest', document.currentScript.src) }));
    if (location.pathname.endsWith('/index.html')) try { history.replaceState(null, '', location.pathname.slice(0, -10) + location.search + location.hash); } catch {}
  }

  $('[data-theme-toggle]')?.addEventListener('click', () => {
    const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = dark ? 'light' : 'dark';
    try { localStorage.theme = root.dataset.theme; } catch {}
  });

  // the menu closes with Escape and when something else is touched
  const menu = $('details.menu');
  addEventListener('keydown', e => {
    if (e.key === 'Escape' && menu?.open) { menu.open = false; $('summary', menu).focus(); }
  });
  addEventListener('click', e => { if (menu?.open && !menu.contains(e.target)) menu.open = false; });

  // search: what it needs comes when it is asked for
  const link = $('[data-find]'), here = document.currentScript.src;
  let finder;
  const search = () => finder ??= new Promise(done => {
    const s = document.createElement('script');
    s.src = new URL('./find.js', here);
    s.onload = done;
    document.head.append(s);
  });
  const find = e => { e.preventDefault(); search().then(() => dispatchEvent(new Event('uccn-find'))); };
  const slash = () => { try { return localStorage.slash !== 'off'; } catch { return true; } };
  link?.addEventListener('click', e => { if (!e.ctrlKey && !e.metaKey && !e.shiftKey) find(e); });
  if (link) addEventListener('keydown', e => {
    if (e.key === 'k' && (e.ctrlKey || e.metaKey) || e.key === '/' && slash() && !e.target.closest?.('input, select, textarea')) find(e);
  });
  if ($('form[data-search]')) search();

  // a citation is given the day on which it is taken
  addEventListener('click', e => {
    const a = e.target.closest?.('.formats a'), day = new Date().toISOString().slice(0, 10);
    if (!a) return;
    const [type, data] = a.href.split(/,(.*)/), text = /;base64$/.test(type) ? new TextDecoder().decode(Uint8Array.from(atob(data), c => c.charCodeAt())) : decodeURIComponent(data);
    if (!/urldate|accessed/.test(text)) a.href = type.replace(';base64', '') + ',' + encodeURIComponent(text.replace(/\n}\n$/, `,\nurldate={${day}}$&`).replace(/}]\s*$/, `,"accessed":{"date-parts":[[${day.split('-').map(Number)}]]}$&`));
  });
})();
