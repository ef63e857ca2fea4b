// The exhibition on a screen in a hall: advances by itself, listens to keys and
// fingers, goes back to the first work when nobody is there, keeps the screen awake.
(() => {
  const $ = (s, r = document) => r.querySelector(s), root = document.documentElement, main = $('main');
  const slides = [...main.children], ticks = [...document.querySelectorAll('.ticks li')];
  const q = new URLSearchParams(location.search), body = document.body.dataset;
  const every = (+q.get('seconds') || 14) * 1e3, idle = (+q.get('idle') || +body.idle || 60) * 1e3;
  const pos = $('.pos'), btn = $('[data-act=play]'), use = $('use', btn), left = $('.left');
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches, rtl = root.dir === 'rtl';
  let i = Math.min(slides.length, Math.max(1, +q.get('work') || 1)) - 1, playing = !calm, next, away, clock;

  function show(k, smooth = true) {
    i = (k + slides.length) % slides.length;
    slides[i].scrollIntoView({ behavior: smooth && !calm ? 'smooth' : 'instant', block: 'nearest', inline: 'start' });
    mark();
  }
  function mark() {
    ticks.forEach((t, j) => t.classList.toggle('on', j <= i));
    slides.forEach((s, j) => (s.inert = j !== i));
    pos.textContent = `${i + 1} / ${slides.length}`;
    clearTimeout(next);
    if (playing) next = setTimeout(() => show(i + 1), every);
  }
  function play(on) {
    playing = on;
    btn.setAttribute('aria-label', on ? btn.dataset.pause : btn.dataset.play);
    use.setAttribute('href', on ? '#i-pause' : '#i-play');
    pos.setAttribute('aria-live', on ? 'off' : 'polite');
    mark();
  }
  // A visitor is here: stop moving, and begin again when they have left; the
  // last ten seconds are counted down in sight.
  function touched() {
    clearTimeout(away); clearInterval(clock); left.textContent = '';
    away = setTimeout(() => {
      let s = 10;
      const tick = () => {
        if (s > 0) { left.textContent = left.dataset.text.replace('%', s--); return; }
        clearInterval(clock); left.textContent = '';
        if (body.home) { location.replace(body.home); return; }
        show(0, false); play(!calm);
      };
      tick(); clock = setInterval(tick, 1e3);
    }, Math.max(0, idle - 10e3));
  }
  const act = {
    prev: () => { play(false); show(i - 1); }, next: () => { play(false); show(i + 1); }, play: () => play(!playing),
    full: () => document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen?.(),
  };
  document.addEventListener('click', e => act[e.target.closest('[data-act]')?.dataset.act]?.());
  addEventListener('keydown', e => {
    const k = { ArrowRight: rtl ? 'prev' : 'next', ArrowLeft: rtl ? 'next' : 'prev', PageDown: 'next', PageUp: 'prev', f: 'full' }[e.key];
    if (k) act[k]();
    else if (e.key === ' ' && !e.target.closest('button, a')) play(!playing);
    else if (e.key === 'Home') { play(false); show(0); }
    else if (e.key === 'End') { play(false); show(slides.length - 1); }
    else return;
    e.preventDefault();
  });
  for (const t of ['pointerdown', 'keydown', 'wheel', 'touchstart']) addEventListener(t, touched, { passive: true });
  let settle;
  main.addEventListener('scroll', () => {
    clearTimeout(settle);
    settle = setTimeout(() => { const k = Math.round(Math.abs(main.scrollLeft) / main.clientWidth); if (k !== i) { i = k; mark(); } }, 120);
  }, { passive: true });
  addEventListener('resize', () => show(i, false));
  const awake = () => navigator.wakeLock?.request('screen').catch(() => {});
  document.addEventListener('visibilitychange', () => { if (!document.hidden) awake(); });
  awake();
  document.querySelectorAll('.bar [hidden]').forEach(b => (b.hidden = false));
  show(i, false); play(playing);
})();
