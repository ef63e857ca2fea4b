// Looks into a picture: from detail to detail, and freely with keys, fingers
// and mouse. Without it the details stand below the picture, each cut out.
(() => {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  for (const box of document.querySelectorAll('[data-viewer]')) {
    const $ = s => box.querySelector(s), svg = $('.whole svg'), now = $('.now'), hands = $('.hands');
    const whole = svg.getAttribute('viewBox').split(' ').map(Number), [, , W, H] = whole;
    const stops = [...box.querySelectorAll('[data-view]')];
    let view = whole, at = -1, frame;

    // a view has the picture's shape and stays inside it
    const fit = ([x, y, w, h]) => {
      const k = Math.min(1, Math.max(w / W, h / H, 1 / 12)), vw = W * k, vh = H * k;
      return [Math.min(W - vw, Math.max(0, x + w / 2 - vw / 2)), Math.min(H - vh, Math.max(0, y + h / 2 - vh / 2)), vw, vh];
    };
    const set = v => { view = v; svg.setAttribute('viewBox', v.map(n => n.toFixed(1)).join(' ')); };
    const go = (to, smooth = true) => {
      cancelAnimationFrame(frame);
      to = fit(to);
      if (calm || !smooth) return set(to);
      const from = view, t0 = performance.now();
      const step = t => {
        const k = Math.min(1, (t - t0) / 700), e = k < .5 ? 4 * k ** 3 : 1 - (2 - 2 * k) ** 3 / 2;
        set(from.map((n, i) => n + (to[i] - n) * e));
        if (k < 1) frame = requestAnimationFrame(step);
      };
      frame = requestAnimationFrame(step);
    };
    const show = i => {
      at = (i + stops.length) % stops.length;
      const [x, y, w, h] = stops[at].dataset.view.split(' ').map(Number);
      go([x - w * .08, y - h * .08, w * 1.16, h * 1.16]);
      now.replaceChildren(...stops[at].querySelector('p').cloneNode(true).childNodes); // with their languages
    };
    const zoom = (k, cx = .5, cy = .5, smooth = true) => {
      const [x, y, w, h] = view;
      go([x + w * cx * (1 - k), y + h * cy * (1 - k), w * k, h * k], smooth);
    };
    const pan = (dx, dy, smooth) => go([view[0] + dx, view[1] + dy, view[2], view[3]], smooth);
    const act = {
      prev: () => show(at < 0 ? -1 : at - 1), next: () => show(at + 1), in: () => zoom(1 / 1.5), out: () => zoom(1.5),
      all: () => { at = -1; now.textContent = ''; go(whole); },
    };
    box.addEventListener('click', e => {
      const b = e.target.closest('[data-act]'), name = b?.dataset.act;
      if (name === 'show') { show(stops.indexOf(b.closest('li'))); svg.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' }); svg.focus({ preventScroll: true }); }
      else act[name]?.();
    });
    svg.addEventListener('keydown', e => {
      const s = view[2] / 6, keys = { ArrowLeft: () => pan(-s, 0), ArrowRight: () => pan(s, 0), ArrowUp: () => pan(0, -s), ArrowDown: () => pan(0, s), '+': act.in, '=': act.in, '-': act.out, 0: act.all, Home: act.all, PageDown: act.next, PageUp: act.prev };
      if (!keys[e.key] || e.ctrlKey || e.metaKey || e.altKey) return;
      e.preventDefault();
      keys[e.key]();
    });

    // one finger or the mouse moves, two fingers come closer; a wheel needs Ctrl, so that the page can be scrolled
    const fingers = new Map(), spread = () => { const [a, b] = [...fingers.values()]; return Math.hypot(a[0] - b[0], a[1] - b[1]); };
    svg.addEventListener('pointerdown', e => { fingers.set(e.pointerId, [e.clientX, e.clientY]); svg.setPointerCapture(e.pointerId); });
    svg.addEventListener('pointermove', e => {
      const was = fingers.get(e.pointerId), r = svg.getBoundingClientRect();
      if (!was) return;
      const before = fingers.size > 1 && spread();
      fingers.set(e.pointerId, [e.clientX, e.clientY]);
      if (before) zoom(before / spread(), .5, .5, false);
      else pan((was[0] - e.clientX) * view[2] / r.width, (was[1] - e.clientY) * view[3] / r.height, false);
    });
    for (const t of ['pointerup', 'pointercancel']) svg.addEventListener(t, e => fingers.delete(e.pointerId));
    svg.addEventListener('wheel', e => {
      if (!e.ctrlKey) return;
      e.preventDefault();
      const r = svg.getBoundingClientRect();
      zoom(Math.exp(e.deltaY / 200), (e.clientX - r.left) / r.width, (e.clientY - r.top) / r.height, false);
    }, { passive: false });

    svg.setAttribute('tabindex', 0);
    svg.setAttribute('role', 'application');
    box.classList.add('live');
    hands.hidden = false;
    for (const b of box.querySelectorAll('[data-act=show]')) b.hidden = false;
  }
})();
