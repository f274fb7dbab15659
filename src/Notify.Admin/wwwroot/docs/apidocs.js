// The API's page in the theme that the console is shown in; Swagger UI's style sheet knows the class.
(() => {
  'use strict';

  const setting = /(?:^|; )notify\.theme=(\w+)/.exec(document.cookie)?.[1];
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const show = () => document.documentElement.classList.toggle('dark-mode', setting === 'dark' || (setting !== 'light' && dark.matches));

  show();
  dark.addEventListener('change', show);
})();
