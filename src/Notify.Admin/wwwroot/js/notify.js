// What only the browser can do: the theme in place, menus, keys, clipboard, dialogs, times in the reader's zone.
// One plain script, loaded before Blazor, so that it also serves the static account pages.
(() => {
  'use strict';

  const root = document.documentElement;
  const words = JSON.parse(document.body.dataset.words || '{}');

  function remember(name, value) {
    const secure = location.protocol === 'https:' ? '; secure' : '';
    document.cookie = `${name}=${value}; path=${new URL(document.baseURI).pathname}; max-age=31536000; samesite=lax${secure}`;
  }

  // ---- Times. The steps are those of Shared/RelativeTime.cs.

  const pad = (number) => String(number).padStart(2, '0');
  const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

  function formatIn(timeZone) {
    return new Intl.DateTimeFormat('en-US', {
      timeZone, hourCycle: 'h23', timeZoneName: 'longOffset',
      year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
    });
  }

  // The person's zone, or the browser's; an old browser may not know every name.
  let format;
  try { format = formatIn(root.dataset.zone || browserZone); } catch { format = formatIn(browserZone); }

  const partsOf = (date) => Object.fromEntries(format.formatToParts(date).map((part) => [part.type, part.value]));
  const dayOf = (parts) => `${parts.year}-${parts.month}-${parts.day}`;
  const day = (date) => dayOf(partsOf(date));

  function exact(date) {
    const parts = partsOf(date);
    const [, sign, hours, minutes] = parts.timeZoneName.match(/GMT([+\u2212-])(\d+):?(\d*)/) || [];
    const zone = Number(hours) || Number(minutes) ? `UTC${sign === '+' ? '+' : '−'}${Number(hours)}${Number(minutes) ? ':' + minutes : ''}` : 'UTC';
    return `${dayOf(parts)} ${parts.hour}:${parts.minute}:${parts.second} ${zone}`;
  }

  function clock(date) {
    const parts = partsOf(date);
    const time = `${parts.hour}:${parts.minute}`;
    return dayOf(parts) === day(new Date()) ? time : `${dayOf(parts)} ${time}`;
  }

  function inWords(date) {
    const milliseconds = Date.now() - date.getTime();
    const seconds = Math.floor(Math.abs(milliseconds) / 1000);
    const say = (ago, ahead, number) => (words[milliseconds >= 0 ? ago : ahead] || '').replace('{0}', number);
    if (seconds >= 7 * 86400) return day(date);
    if (seconds < 5) return words.now;
    if (seconds < 60) return say('secondsAgo', 'inSeconds', seconds);
    if (seconds < 3600) return say('minutesAgo', 'inMinutes', Math.floor(seconds / 60));
    if (seconds < 86400) return say('hoursAgo', 'inHours', Math.floor(seconds / 3600));
    return say('daysAgo', 'inDays', Math.floor(seconds / 86400));
  }

  function refreshTime(element) {
    const date = new Date(element.dateTime);
    if (Number.isNaN(date.getTime())) return;
    const absolute = element.dataset.time === 'absolute';
    const text = absolute ? exact(date) : element.dataset.time === 'clock' ? clock(date) : inWords(date);
    const title = absolute ? inWords(date) : exact(date);
    // Blazor keeps the text node, so it is changed, never replaced.
    if (element.firstChild && element.firstChild.nodeValue !== text) element.firstChild.nodeValue = text;
    if (element.title !== title) element.title = title;
  }

  const allTimes = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    if (node.matches('time[data-time]')) refreshTime(node);
    node.querySelectorAll('time[data-time]').forEach(refreshTime);
  };

  new MutationObserver((records) => {
    for (const record of records) {
      if (record.type === 'childList') record.addedNodes.forEach(allTimes);
      const element = record.type === 'characterData' ? record.target.parentElement : record.target;
      if (element && element.matches('time[data-time]')) refreshTime(element);
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['datetime'] });

  allTimes(document.body);
  setInterval(() => { if (!document.hidden) allTimes(document.body); }, 10000);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) allTimes(document.body); });

  // ---- Theme and width of the navigation.

  function showTheme(theme) {
    notifyTheme(theme);
    remember('notify.theme', theme);
    markTheme();
  }

  function markTheme() {
    document.querySelectorAll('[data-theme-choice]').forEach((choice) => {
      if (choice.dataset.themeChoice === root.dataset.themeSetting) choice.setAttribute('aria-current', 'true');
      else choice.removeAttribute('aria-current');
    });
  }

  function toggleNavigation() {
    root.dataset.nav = root.dataset.nav === 'narrow' ? 'open' : 'narrow';
    remember('notify.nav', root.dataset.nav);
  }

  // ---- Clipboard.

  async function copy(text) {
    if (navigator.clipboard && window.isSecureContext) {
      try {
        await navigator.clipboard.writeText(text);
        return;
      } catch {
        // Refused, as it may be to a page in a frame: the older way needs no permission.
      }
    }
    // Plain http to another machine has no clipboard object.
    const focused = document.activeElement;
    const box = document.createElement('textarea');
    box.value = text;
    box.className = 'visually-hidden';
    (document.querySelector('dialog[open]') || document.body).append(box);
    box.select();
    document.execCommand('copy');
    box.remove();
    focused?.focus({ preventScroll: true });
  }

  // Below a modal dialog nothing is read out: it has a place of its own, from the first time on.
  function announcerOf(dialog) {
    const known = dialog.querySelector(':scope > [data-announcer]');
    if (known) return known;
    const made = document.createElement('div');
    made.className = 'visually-hidden';
    made.role = 'status';
    made.dataset.announcer = '';
    dialog.append(made);
    return made;
  }

  function announce(text) {
    const dialog = [...document.querySelectorAll('dialog:modal')].at(-1);
    const announcer = dialog ? announcerOf(dialog) : document.getElementById('announcer');
    announcer.textContent = '';
    requestAnimationFrame(() => { announcer.textContent = text; });
  }

  async function copyFrom(button) {
    await copy(button.dataset.copy);
    button.classList.add('copied');
    announce(button.dataset.copied);
    setTimeout(() => button.classList.remove('copied'), 1600);
  }

  // ---- Clicks. In the capture phase, so that Blazor's navigation does not take links that are handled here.

  document.addEventListener('click', (event) => {
    const target = event.target.closest('[data-theme-choice],[data-nav-toggle],[data-steps-set],[data-copy],[data-skip],[data-reload],[data-dialog-open],[data-dialog-close],[data-language]');
    const popover = event.target.closest('[popover]');
    if (popover && popover.matches(':popover-open') && event.target.closest('a,button') && !event.target.closest('[data-nav-toggle]')) {
      queueMicrotask(() => popover.hidePopover());
    }
    if (!target) {
      const dialog = event.target;
      if (dialog === pressedBeside && 'dismiss' in dialog.dataset && isBeside(dialog, event)) dismiss(dialog);
      // A time lies above the row's link, for its tooltip.
      event.target.closest('tr time')?.closest('tr').querySelector('.row-link')?.click();
      return;
    }
    const data = target.dataset;
    if ('language' in data) {
      // The address may have changed since the link was drawn.
      target.href = `culture?lang=${data.language}&returnUrl=${encodeURIComponent(location.pathname + location.search)}`;
      event.stopPropagation();
      return;
    }
    if ('copy' in data) { copyFrom(target); return; }
    event.preventDefault();
    event.stopPropagation();
    if ('themeChoice' in data) showTheme(data.themeChoice);
    else if ('navToggle' in data) toggleNavigation();
    else if ('stepsSet' in data) { root.dataset.steps = data.stepsSet; remember('notify.steps', data.stepsSet); }
    else if ('skip' in data) document.getElementById('main')?.focus();
    else if ('reload' in data) location.reload();
    else if ('dialogOpen' in data) document.getElementById(data.dialogOpen)?.showModal();
    else if ('dialogClose' in data) target.closest('dialog')?.close();
  }, true);

  // The dialog beside which the pointer was pressed: a selection of text that only ends there is no click beside it.
  let pressedBeside = null;

  document.addEventListener('pointerdown', (event) => {
    pressedBeside = event.target instanceof HTMLDialogElement && isBeside(event.target, event) ? event.target : null;
  }, true);

  document.addEventListener('toggle', markTheme, true);

  // ---- Menus. One that was opened on the first response stays open when the circuit draws the frame anew, with elements of its own.

  let openMenu = null;

  // Before it toggles: afterwards is a moment later, and by then the element may be gone.
  document.addEventListener('beforetoggle', (event) => {
    if (event.newState === 'open' && event.target.popover) openMenu = event.target;
    else if (event.target === openMenu) openMenu = null;
  }, true);

  new MutationObserver(() => {
    if (!openMenu || openMenu.isConnected) return;
    const drawnAnew = document.getElementById(openMenu.id);
    openMenu = null;
    drawnAnew?.showPopover?.();
  }).observe(document.body, { subtree: true, childList: true });

  function isBeside(dialog, event) {
    const box = dialog.getBoundingClientRect();
    return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
  }

  // A dialog that Blazor knows decides for itself when it hears "cancel"; a plain one just closes.
  function dismiss(dialog) {
    if (dialog.dispatchEvent(new Event('cancel', { cancelable: true }))) dialog.close();
  }

  // ---- Keys.

  let goPressedAt = 0;

  const isTyping = (element) => element.closest('input,textarea,select,[contenteditable]:not([contenteditable="false"])') !== null;

  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    // A browser closes a dialog on the second Esc whatever the page says; while work goes on it has to stay.
    if (event.key === 'Escape' && document.querySelector('dialog[open][data-busy]')) { event.preventDefault(); return; }
    if (/^Arrow(Down|Up)$/.test(event.key) && event.target.closest('[data-finds]')) moveAmongFound(event);
    if (event.target.role === 'tab' || event.target.closest('[data-tablist]')) moveTab(event);
    if (event.target.closest('[data-arrows]')) moveAlong(event);
    if (isTyping(event.target)) return;
    // From row to row in an open drawer, unless something is asked above it.
    const open = document.querySelectorAll('dialog[open]');
    const step = open.length === 1 && /^[jk]$/.test(event.key) && open[0].querySelector(`[data-step="${event.key}"]:not(:disabled)`);
    if (step) { event.preventDefault(); step.click(); }
    if (open.length > 0) return;
    if (event.timeStamp - goPressedAt < 1200 && /^[a-z]$/.test(event.key)) {
      goPressedAt = 0;
      const link = document.querySelector(`[data-go="${event.key}"] a`);
      if (link) { event.preventDefault(); link.click(); }
      return;
    }
    switch (event.key) {
      case '?':
        event.preventDefault();
        document.getElementById('keyboard-help')?.showModal();
        break;
      case '/': {
        const search = [...document.querySelectorAll('[data-search]')].find((box) => box.offsetParent !== null);
        if (search) { event.preventDefault(); search.focus(); search.select(); }
        break;
      }
      case '[':
        toggleNavigation();
        break;
      case 'g':
        goPressedAt = event.timeStamp;
        break;
    }
  });

  // Enter in a form that has a button to save with does the field's own work (adds, finds, takes the number) and never saves: a browser
  // would press the button. Ctrl+Enter does. In the capture phase, so that a field that keeps its keys to itself is covered too.
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing || event.altKey || event.shiftKey) return;
    const field = event.target;
    const form = field.form ?? field.closest?.('form');
    if (!form || !('saves' in form.dataset)) return;
    const saves = event.ctrlKey || event.metaKey;
    const isLine = field instanceof HTMLInputElement && !/^(submit|button|reset|image|file)$/.test(field.type);
    if (!saves && !isLine) return;
    event.preventDefault();
    // What is typed is taken when a field is left; it has not been left.
    if (isLine && !/^(checkbox|radio)$/.test(field.type) || field instanceof HTMLTextAreaElement) field.dispatchEvent(new Event('change', { bubbles: true }));
    if (saves) [...form.elements].find((element) => element.type === 'submit' && !element.matches(':disabled') && !element.closest('[inert]'))?.click();
  }, true);

  // A browser's own undo reaches back into the text field that was typed in last, wherever the focus is: it would take back a secret there.
  document.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && /^[zy]$/i.test(event.key) && event.target.matches('[data-own-undo] :not(textarea, input:not([type="checkbox"]))')) event.preventDefault();
  });

  // Links in a row that are one stop for Tab, such as the bars of a chart.
  function moveAlong(event) {
    const links = [...event.target.closest('[data-arrows]').querySelectorAll('a[href]')];
    const at = links.indexOf(event.target);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: links.length - 1 }[event.key];
    if (to === undefined || !links[to]) return;
    event.preventDefault();
    links[to].focus();
  }

  function moveTab(event) {
    const tabs = [...event.target.closest('[data-tablist]').querySelectorAll('[role="tab"]')];
    const at = tabs.indexOf(event.target);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const tab = tabs[(to + tabs.length) % tabs.length];
    tab.focus();
    tab.click();
  }

  // In what was found, the arrow keys go on from the search box.
  function moveAmongFound(event) {
    const found = [...event.target.closest('[data-finds]').querySelectorAll('input[type="search"], li > button:not(:disabled)')];
    const to = found.indexOf(event.target) + { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!found[to]) return;
    event.preventDefault();
    found[to].focus();
  }

  // ---- Focus. Where what had it goes away, it goes to what came instead: in the same row or search, or to the dialog or table around.

  let focusPath = [];
  document.addEventListener('focusin', (event) => { focusPath = event.composedPath(); });

  new MutationObserver(() => {
    const [lost, ...around] = focusPath;
    if (!lost || lost.isConnected || document.activeElement !== document.body) return;
    focusPath = [];
    const place = around.find((element) => element.isConnected);
    if (!place.closest?.('#main > *, dialog')) return;
    const row = place.closest('tr');
    const next = (row ?? place).querySelector('[autofocus]') ?? row?.querySelector('a[href], button:not(:disabled)')
      ?? place.closest('[data-finds]')?.querySelector('input[type="search"]')
      ?? [...document.querySelectorAll('dialog[open]')].at(-1)?.querySelector('h2') ?? place.closest('.mud-table');
    next?.focus({ preventScroll: true });
  }).observe(document.body, { subtree: true, childList: true });

  // ---- Seen or not. The circuit of a page whose tab is hidden draws nothing until it is in front again.

  let page = null;
  const tellVisibility = () => page?.invokeMethodAsync('SetVisible', !document.hidden).catch(() => {});
  document.addEventListener('visibilitychange', tellVisibility);

  // ---- What the components call.

  window.notify = {
    followVisibility(circuit) {
      page = circuit;
      if (document.hidden) tellVisibility();
    },
    dialog: {
      show(element) { if (element && !element.open) element.showModal(); },
      close(element) { if (element && element.open) element.close(); },
    },
    timeZone: () => format.resolvedOptions().timeZone,
    focus(id) { document.getElementById(id)?.focus(); },
    // Scrolls to a section of a long page.
    reveal(id) { document.getElementById(id)?.scrollIntoView({ block: 'start' }); },
    // Selects a piece of a text box that stands at its full height inside a scrolling box.
    select(id, start, length) {
      const box = document.getElementById(id);
      if (!box) return;
      box.focus();
      box.setSelectionRange(start, start + length);
      const line = box.value.slice(0, start).split('\n').length - 1;
      box.parentElement.scrollTop = Math.max(0, (line - 3) * parseFloat(getComputedStyle(box).lineHeight));
    },
    // After a refused save: to the first field that has an error.
    focusFirstError(within) {
      const scope = within ? document.getElementById(within) : document;
      const field = scope?.querySelector('[aria-invalid="true"], .field-invalid input, .field-invalid select, .field-invalid textarea, .field-invalid button');
      field?.focus();
    },
  };
})();
