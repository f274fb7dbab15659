// A button for each kind of source: posts what its tool would, to the demo's source or to another, and shows what was answered.
import { el } from './dom.js';
import { t } from './strings.js';

const byId = (id) => document.getElementById(id);

export async function drawSources(get, send) {
  const base = byId('product');
  base.value = localStorage.getItem('product') ?? 'http://localhost:5080/';
  base.addEventListener('change', () => localStorage.setItem('product', base.value));
  const kinds = await get('sources');
  byId('source-buttons').replaceChildren(...kinds.map((kind) => el('button', {
    type: 'button', title: kind.kind, onclick: (event) => post(kind, event.currentTarget, send),
  }, kind.name)));
}

async function post(kind, button, send) {
  const other = byId('source-address').value.trim();
  const address = other || new URL(kind.demoPath, byId('product').value).href;
  const secret = byId('source-secret').value || (other ? null : kind.demoSecret);
  button.disabled = true;
  try {
    show(kind, await send('sources', { kind: kind.kind, address, secret }));
  } catch (problem) {
    show(kind, { status: 0, body: String(problem.message ?? problem), milliseconds: 0, payload: '' });
  } finally {
    button.disabled = false;
    button.focus();
  }
}

function show(kind, answer) {
  const taken = answer.status >= 200 && answer.status < 300;
  byId('source-answers').prepend(el('li', {},
    el('span', {}, kind.name),
    el('code', { class: taken ? 'ok' : 'bad' }, answer.status === 0 ? t.noAnswer : `HTTP ${answer.status}`),
    el('small', {}, `${answer.body} · ${answer.milliseconds} ms`),
    answer.payload ? el('details', { class: 'raw' }, el('summary', {}, t.raw), el('pre', { tabindex: '0' }, answer.payload)) : null));
  while (byId('source-answers').childElementCount > 10) {
    byId('source-answers').lastElementChild.remove();
  }
}
