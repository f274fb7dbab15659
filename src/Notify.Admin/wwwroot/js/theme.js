// Turns "system" into light or dark before the first paint, and follows the system from then on.
(() => {
  'use strict';

  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const show = () => { root.dataset.theme = root.dataset.themeSetting === 'system' ? (dark.matches ? 'dark' : 'light') : root.dataset.themeSetting; };

  // What the server wrote is the person's choice; what stands there from now on is the theme that is shown.
  root.dataset.themeSetting = root.dataset.theme;
  show();
  dark.addEventListener('change', show);

  window.notifyTheme = (setting) => { root.dataset.themeSetting = setting; show(); };
})();
