// Ctrl+K. What must not wait for the server: opening, moving in the list, choosing. What is listed the circuit draws (Finding/CommandPalette.razor).
(() => {
  'use strict';

  const mac = /mac|iphone|ipad/i.test(navigator.userAgentData?.platform ?? navigator.platform ?? '');
  if (mac) document.documentElement.dataset.mac = '';

  let wanted = false;   // pressed before the circuit has drawn it
  let entered = null;   // Enter came before what is typed was looked for

  const palette = () => document.getElementById('palette');
  const inputOf = (dialog) => dialog.querySelector('[role="combobox"]');
  const optionsOf = (dialog) => [...dialog.querySelectorAll('[role="option"]')];
  const chosenOf = (dialog) => dialog.querySelector('[role="option"][aria-selected="true"]');

  function type(dialog, text) {
    const input = inputOf(dialog);
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    input.focus();
  }

  function open() {
    const dialog = palette();
    if (!dialog || !('live' in dialog.dataset)) { wanted = dialog !== null; return; }
    wanted = false;
    if (dialog.open) { dialog.close(); return; }
    if (document.querySelector('dialog[open][data-busy]')) return;
    entered = null;
    dialog.showModal();
    type(dialog, '');
  }

  function mark(dialog, option) {
    optionsOf(dialog).forEach((other) => other.setAttribute('aria-selected', String(other === option)));
    const input = inputOf(dialog);
    if (option) { input.setAttribute('aria-activedescendant', option.id); option.scrollIntoView({ block: 'nearest' }); }
    else input.removeAttribute('aria-activedescendant');
  }

  // The list is of what is typed now.
  const isCurrent = (dialog) => dialog.querySelector('[role="listbox"]').dataset.for === inputOf(dialog).value;

  function choose(dialog) {
    if (!isCurrent(dialog)) { entered = inputOf(dialog).value; return; }
    chosenOf(dialog)?.click();
  }

  document.addEventListener('keydown', (event) => {
    if (event.key.toLowerCase() === 'k' && (mac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey) && !event.altKey && !event.shiftKey) {
      event.preventDefault();
      open();
      return;
    }
    const dialog = event.target.closest?.('#palette');
    if (!dialog || event.isComposing || event.target !== inputOf(dialog)) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      choose(dialog);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const options = optionsOf(dialog);
      const to = options.indexOf(chosenOf(dialog)) + (event.key === 'ArrowDown' ? 1 : -1);
      mark(dialog, options[(to + options.length) % options.length]);
    }
  }, true);

  document.addEventListener('input', (event) => {
    if (event.target.closest?.('#palette') && event.target.value !== entered) entered = null;
  });

  document.addEventListener('click', (event) => {
    if (event.target.closest('[data-palette-open]')) { open(); return; }
    const option = event.target.closest('#palette [role="option"]');
    if (!option) return;
    const dialog = palette();
    if (option.dataset.types) type(dialog, option.dataset.types);
    else if ('stays' in option.dataset) inputOf(dialog).focus();
    else dialog.close();
  });

  // What was found has changed: the first of it is marked, and chosen where Enter was faster.
  new MutationObserver((records) => {
    const dialog = palette();
    if (!dialog) return;
    if (wanted && 'live' in dialog.dataset) { open(); return; }
    if (!dialog.open || !records.some((record) => record.target.closest?.('#palette-list'))) return;
    const options = optionsOf(dialog);
    if (!isCurrent(dialog)) return;
    if (!options.includes(chosenOf(dialog)) || records.some((record) => record.attributeName === 'data-for')) mark(dialog, options[0]);
    if (entered !== null && entered === inputOf(dialog).value) { entered = null; choose(dialog); }
  }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-for', 'data-live'] });
})();
