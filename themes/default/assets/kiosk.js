// The exhibition on a screen in a hall: it advances by itself, listens to keys
// and fingers, begins again when nobody is there, and keeps the screen awake.
// Without it the scenes are a row to be swiped. ?seconds and ?idle set its pace.
(() => {
  const $ = (s, r = document) => r.querySelector(s), root = document.documentElement, main = $('main');
  const scenes = [...main.children], asked = new URLSearchParams(location.search), body = document.body.dataset;
  const every = (+asked.get('seconds') || 14) * 1e3, idle = (+asked.get('idle') || +body.idle || 60) * 1e3, last = 10;
  const pos = $('.pos'), line = $('.line'), button = $('[data-act=play]'), sign = $('use', button), left = $('.left');
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches, rtl = root.dir === 'rtl';
  const number = n => `${n}`.replace(/\d/g, c => pos.dataset.digits[c]);
  let i = Math.max(0, scenes.findIndex(s => s.id && s.id === decodeURIComponent(location.hash.slice(1)))), playing = !calm && !location.hash, next, away, clock, moving = 0;

  function show(k, smooth = true) {
    i = (k + scenes.length) % scenes.length;
    moving = Date.now() + 900;
    scenes[i].inert = false;
    main.scrollTo({ left: (rtl ? -1 : 1) * i * main.clientWidth, behavior: smooth && !calm ? 'smooth' : 'instant' });
    mark();
  }
  function mark() {
    scenes.forEach((s, j) => (s.inert = j !== i));
    const text = $('.txt', scenes[i]);
    if (text.scrollHeight > text.clientHeight + 1) text.tabIndex = 0; // or the keyboard could not scroll it
    pos.textContent = i ? `${number(i)} / ${number(+pos.dataset.of)}` : '';
    line.style.scale = `${i / (scenes.length - 1)} 1`;
    clearTimeout(next);
    if (playing) next = setTimeout(() => show(i + 1, i + 1 < scenes.length), every);
  }
  function play(on) {
    playing = on;
    button.setAttribute('aria-label', on ? button.dataset.pause : button.dataset.play);
    sign.setAttribute('href', on ? '#k-pause' : '#k-play');
    pos.setAttribute('aria-live', on ? 'off' : 'polite');
    mark();
  }
  // A visitor is here. When they have left, it begins again; the last seconds
  // are counted down in sight, and a touch or a key stops that.
  function touched() {
    clearTimeout(away); clearInterval(clock);
    left.textContent = '';
    away = setTimeout(() => {
      let s = Math.min(last, idle / 1e3);
      const tick = () => {
        if (s > 0) { left.textContent = left.dataset.text.replace('%', number(Math.ceil(s--))) + ' ' + left.dataset.stay; return; }
        clearInterval(clock); left.textContent = '';
        if (body.home) { location.replace(body.home + location.search); return; }
        document.activeElement?.blur();
        show(0, false); play(!calm);
      };
      tick(); clock = setInterval(tick, 1e3);
    }, Math.max(0, idle - last * 1e3));
  }
  const act = {
    start: () => { play(false); show(0, false); }, prev: () => { play(false); show(i - 1); }, next: () => { play(false); show(i + 1); }, play: () => play(!playing),
    full: () => document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen?.().catch(() => {}),
  };
  document.addEventListener('click', e => {
    const b = e.target.closest('[data-act]'), door = e.target.closest('a[href^="#"]');
    if (b) { e.preventDefault(); act[b.dataset.act](); }
    else if (door) { e.preventDefault(); play(false); show(scenes.findIndex(s => s.id === door.hash.slice(1)), false); $('[data-act=next]').focus({ preventScroll: true }); }
    else if (e.target.closest('[data-stay]')) { e.preventDefault(); location.replace(e.target.closest('a').getAttribute('href') + location.search + '#' + scenes[i].id); }
    else if (playing) play(false);
  });
  addEventListener('keydown', e => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const k = { ArrowRight: rtl ? 'prev' : 'next', ArrowLeft: rtl ? 'next' : 'prev', PageDown: 'next', PageUp: 'prev', Home: 'start' }[e.key];
    if (k) act[k]();
    else if (e.key === 'End') { play(false); show(scenes.length - 1, false); }
    else if (e.key === ' ' && !e.target.closest('button, a')) play(!playing);
    else return;
    e.preventDefault();
  });
  for (const t of ['pointerdown', 'keydown', 'wheel', 'touchmove']) addEventListener(t, touched, { passive: true });
  addEventListener('contextmenu', e => e.preventDefault());
  let settle;
  main.addEventListener('scroll', () => {
    clearTimeout(settle);
    settle = setTimeout(() => {
      const k = Math.round(Math.abs(main.scrollLeft) / main.clientWidth);
      if (k !== i && Date.now() > moving) { i = k; play(false); }
    }, 150);
  }, { passive: true });
  addEventListener('resize', () => show(i, false));
  const awake = () => navigator.wakeLock?.request('screen').catch(() => {});
  document.addEventListener('visibilitychange', () => { if (!document.hidden) awake(); });
  awake();
  document.querySelectorAll('.rail [hidden]').forEach(b => (b.hidden = false));
  body.live = '';
  show(i, false); play(playing);
  if (location.hash) touched();
})();
