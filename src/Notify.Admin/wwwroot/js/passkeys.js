// Passkeys: the browser makes and shows them, so only a script can ask for them. Works on the profile and on the log-in page.
(() => {
  'use strict';

  const base = new URL('Account/Passkeys/', document.baseURI);

  async function post(path, form, fields) {
    const body = new URLSearchParams(fields);
    body.set('__RequestVerificationToken', form.querySelector('[name=__RequestVerificationToken]').value);
    const answer = await fetch(new URL(path, base), { method: 'POST', body, credentials: 'same-origin', redirect: 'error' });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  function say(form, outcome) {
    const message = form.querySelector('[data-passkey-message]');
    message.textContent = message.dataset[outcome] || message.dataset.notAccepted;
    message.hidden = false;
  }

  const lower = (name) => name.charAt(0).toLowerCase() + name.slice(1);

  async function add(form) {
    const name = form.elements.name.value.trim();
    if (!name) { say(form, 'nameMissing'); form.elements.name.focus(); return; }
    const options = PublicKeyCredential.parseCreationOptionsFromJSON(await post('CreationOptions', form, {}));
    const credential = await navigator.credentials.create({ publicKey: options });
    const { outcome } = await post('Add', form, { credential: JSON.stringify(credential), name });
    if (outcome === 'Done') form.elements.name.value = '';
    else say(form, lower(outcome));
  }

  async function logIn(form) {
    const options = PublicKeyCredential.parseRequestOptionsFromJSON(await post('RequestOptions', form, {}));
    const credential = await navigator.credentials.get({ publicKey: options });
    const returnUrl = new URLSearchParams(location.search).get('ReturnUrl') || '';
    const { outcome, next } = await post('LogIn', form, { credential: JSON.stringify(credential), returnUrl });
    if (outcome === 'Done') location.assign(next);
    else say(form, lower(outcome));
  }

  async function run(form, work) {
    form.querySelector('[data-passkey-message]').hidden = true;
    if (!window.PublicKeyCredential || !PublicKeyCredential.parseCreationOptionsFromJSON) { say(form, 'unsupported'); return; }
    try {
      await work(form);
    } catch (error) {
      say(form, error.name === 'NotAllowedError' || error.name === 'AbortError' ? 'cancelled' : 'notAccepted');
    }
  }

  document.addEventListener('submit', (event) => {
    if (event.target.dataset.passkey !== 'add') return;
    event.preventDefault();
    event.stopPropagation();
    run(event.target, add);
  }, true);

  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-passkey-login]');
    if (button) run(button.closest('form'), logIn);
  });
})();
