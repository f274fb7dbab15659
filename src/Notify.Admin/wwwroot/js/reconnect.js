// Goes on where Blazor's own reconnection ends: waits for the server to answer again, then loads the page.
(() => {
  'use strict';

  const element = document.getElementById('components-reconnect-modal');
  if (!element) return;
  const card = element.nextElementSibling;

  const PollMilliseconds = 2000;
  let waiting = false;

  async function serverAnswers() {
    try {
      const response = await fetch('health/live', { cache: 'no-store' });
      return response.status < 500;
    } catch {
      return false;
    }
  }

  async function reloadWhenBack() {
    if (waiting) return;
    waiting = true;
    while (!await serverAnswers()) {
      await new Promise((resolve) => setTimeout(resolve, PollMilliseconds));
    }
    location.reload();
  }

  // A drawer or dialog that is open lets nothing beside it be clicked: then this goes above it, unless it was a blink of the network.
  const BlinkMilliseconds = 500;
  const isShown = () => ['show', 'failed', 'rejected'].some((state) => element.classList.contains(`components-reconnect-${state}`));

  function goAbove() {
    if (isShown() && !card.open && document.querySelector('dialog:modal')) card.showModal();
  }

  new MutationObserver(() => {
    const classes = element.classList;
    if (isShown()) setTimeout(goAbove, BlinkMilliseconds);
    else if (card.open) card.close();
    // Failed: Blazor has given up trying. Rejected: the server answers but no longer has this page's circuit.
    if (classes.contains('components-reconnect-failed') || classes.contains('components-reconnect-rejected')) reloadWhenBack();
  }).observe(element, { attributes: true, attributeFilter: ['class'] });
})();
