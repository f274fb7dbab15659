// Asks once a second what is new, and draws it.
import { el } from './dom.js';
import { drawDingTalk } from './dingtalk.js';
import { drawSlack } from './slack.js';
import { language, switchLanguage, t, translatePage } from './strings.js';
import { drawSecurityCenter } from './security-center.js';
import { drawSources } from './sources.js';
import { drawAddresses, drawLists, exampleCommand } from './lists.js';

const MOST_SHOWN = 200;
const byId = (id) => document.getElementById(id);
let last = 0;
let lastCall = 0;

translatePage();
byId('language').textContent = t.language;
byId('language').setAttribute('aria-label', t.languageLabel);
byId('language').setAttribute('lang', language === 'zh' ? 'en' : 'zh-CN');
byId('language').addEventListener('click', switchLanguage);
byId('example').textContent = exampleCommand();
byId('copy-example').addEventListener('click', (event) => copy(exampleCommand(), event.currentTarget));
byId('clear-messages').addEventListener('click', () => change('DELETE', 'messages').then(empty));
byId('clear-faults').addEventListener('click', () => change('DELETE', 'faults').then(refreshFaults));
byId('filter').addEventListener('change', () => { empty(); last = 0; poll(); });
drawAddresses(byId('addresses'), copyButton);
drawFaultButtons();
drawSocketButtons();
drawSecurityCenter(byId('security-center-buttons'), (path, found) => change('PUT', path, found));
drawSources(get, send).catch(() => setState(t.offline, false));
loop();

async function loop() {
  let round = 0;
  for (;;) {
    if (!document.hidden) {
      await poll(round % 10 === 0);
      round++;
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

async function poll(withLists = false) {
  try {
    const target = byId('filter').value;
    const [messages, calls, counters] = await Promise.all([
      get(`messages?since=${last}&limit=${MOST_SHOWN}&target=${target}`),
      get(`calls?since=${lastCall}&limit=50`),
      get('counters'),
    ]);
    if (target === byId('filter').value) {
      addMessages(messages);
    }
    addCalls(calls);
    byId('count').textContent = t.shown(byId('messages').childElementCount, counters.messages);
    byId('empty').hidden = byId('messages').childElementCount > 0;
    if (withLists) {
      await drawLists(get, copyButton);
      await drawSockets();
    }
    if (withLists || calls.length) {
      await refreshFaults();
    }
    setState(t.live, true);
  } catch {
    setState(t.offline, false);
  }
}

function addMessages(messages) {
  const list = byId('messages');
  for (const message of messages.filter(({ index }) => index > last)) {
    place(list, message);
    last = message.index;
  }
  while (list.childElementCount > MOST_SHOWN) {
    list.lastElementChild.remove();
  }
}

// Where a person would find it in Slack: a change in the place of what it changed, an answer below what it answers.
function place(list, message) {
  const find = (ts) => ts && [...list.querySelectorAll('[data-ts]')].find((item) => item.dataset.ts === ts);
  const drawn = drawMessage(message);
  const changed = message.isUpdate && find(message.id);
  const first = find(message.thread);
  if (changed) {
    drawn.append(...changed.querySelectorAll(':scope > .replies'));
    changed.replaceWith(drawn);
  } else if (first) {
    if (!first.querySelector(':scope > .replies')) {
      first.append(el('ul', { class: 'replies', 'aria-label': t.replies }));
    }
    first.querySelector(':scope > .replies').append(drawn);
  } else {
    list.prepend(drawn);
  }
}

function remove(message, button) {
  return change('DELETE', `slack/posts/${message.id}`).then(() => {
    button.closest('[data-ts]').classList.add('deleted');
    button.replaceWith(el('span', { class: 'badge' }, t.deleted));
  });
}

// As the person chosen beside; what comes of it is the app's to say.
function press(message, actionId, button) {
  button.disabled = true;
  return send('slack/presses', { ts: message.id, actionId, userId: byId('presser').value })
    .then(({ acknowledged }) => { byId('press-answer').textContent = acknowledged ? t.pressed : t.pressedInVain; },
      (problem) => { byId('press-answer').textContent = problem.message; })
    .finally(() => { button.disabled = false; });
}

function nameOf(userId) {
  return [...byId('presser').options].find((option) => option.value === userId)?.textContent ?? userId;
}

async function drawSockets() {
  const [sockets, users] = await Promise.all([get('slack/sockets'), get('slack/users')]);
  byId('sockets').textContent = t.sockets(sockets.length);
  const people = users.filter(({ isBot, deleted, email }) => !isBot && !deleted && email);
  if (byId('presser').options.length !== people.length) {
    byId('presser').replaceChildren(...people.map((user) => el('option', { value: user.id }, `${user.realName} · ${user.email}`)));
  }
}

function drawSocketButtons() {
  byId('socket-buttons').replaceChildren(...['warning', 'refresh_requested', 'link_disabled', 'cut'].map((reason) =>
    el('button', { type: 'button', onclick: () => change('POST', 'slack/sockets/disconnect', { reason }).then(drawSockets) }, t[reason])));
}

function drawMessage(message) {
  const slack = message.target === 'slack';
  let drawn;
  try {
    drawn = slack ? drawSlack(message.body, (actionId, button) => press(message, actionId, button)) : drawDingTalk(message.body, message.mentions);
  } catch {
    // A body of an unforeseen shape must not stop the page.
    drawn = el('div', { class: 'text' }, message.text);
  }
  return el('li', { class: 'message', 'data-index': message.index, 'data-ts': slack ? message.id : '' },
    el('div', { class: 'head' },
      el('span', { class: 'badge' }, slack ? 'Slack' : t.dingtalk),
      el('strong', {}, message.destinationName ?? message.destination),
      slack ? el('span', { class: 'mono' }, message.destination) : null,
      el('span', { class: 'mono' }, `…${message.token ?? ''}`),
      message.onlyFor ? el('span', { class: 'badge' }, t.onlyFor(nameOf(message.onlyFor))) : null,
      message.isUpdate ? el('span', { class: 'badge edited' }, t.edited) : null,
      message.thread ? el('span', { class: 'badge' }, t.reply) : null,
      el('span', { class: 'grow' }),
      slack ? el('button', { type: 'button', class: 'quiet', 'aria-label': t.deleteNamed(message.index), onclick: (event) => remove(message, event.currentTarget) }, t.delete) : null,
      el('span', {}, `#${message.index}`),
      timeOf(message.time)),
    drawn,
    el('details', { class: 'raw' }, el('summary', {}, t.raw), el('pre', { tabindex: '0' }, JSON.stringify(message.body, null, 2))));
}

function addCalls(calls) {
  const list = byId('calls');
  for (const call of calls.filter(({ index }) => index > lastCall)) {
    const code = call.status === 0 ? t.noAnswer : call.status === 200 ? call.code : `HTTP ${call.status}`;
    list.prepend(el('li', {},
      timeOf(call.time),
      el('span', {}, `${call.method} ${call.destination ?? ''}`),
      el('code', { class: call.code === 'ok' && call.status === 200 ? 'ok' : 'bad' }, code)));
    lastCall = call.index;
  }
  while (list.childElementCount > 50) {
    list.lastElementChild.remove();
  }
}

function drawFaultButtons() {
  const faults = [
    ['timeout', { kind: 'timeout' }], ['reset', { kind: 'reset' }], ['http429', { kind: 'status', status: 429, retryAfter: 5 }],
    ['http500', { kind: 'status', status: 500 }], ['html', { kind: 'html' }], ['truncated', { kind: 'truncated' }],
    ['slow', { kind: 'slow' }], ['acceptThenTimeout', { kind: 'acceptThenTimeout' }], ['errorCode', { kind: 'errorCode' }],
    ['editWindow', { kind: 'errorCode', errorCode: 'edit_window_closed', method: 'chat.update', target: 'slack' }],
  ];
  byId('fault-buttons').replaceChildren(...faults.map(([name, fault]) => el('button', {
    type: 'button',
    onclick: () => change('POST', 'faults', { target: byId('fault-target').value, ...fault, calls: Number(byId('fault-calls').value) }).then(refreshFaults),
  }, t[name])));
}

async function refreshFaults() {
  const faults = await get('faults');
  byId('faults').replaceChildren(...faults.map(({ fault, hits, remaining }) => {
    const what = [fault.kind, fault.status, fault.errorCode, fault.target, fault.method, fault.destination].filter((part) => part !== null).join(' · ');
    return el('li', {},
      el('code', {}, what),
      el('small', {}, t.remaining(hits, remaining)),
      el('button', { type: 'button', class: 'quiet', 'aria-label': t.removeNamed(what), onclick: () => change('DELETE', `faults/${fault.id}`).then(refreshFaults, refreshFaults) }, t.remove));
  }));
}

function empty() {
  byId('messages').replaceChildren();
  byId('empty').hidden = false;
}

function copyButton(text, what) {
  return el('button', { type: 'button', class: 'quiet', 'aria-label': t.copyNamed(what), onclick: (event) => copy(text, event.currentTarget) }, t.copy);
}

async function copy(text, button) {
  await navigator.clipboard.writeText(text);
  const label = button.textContent;
  button.textContent = t.copied;
  setTimeout(() => { button.textContent = label; }, 1200);
}

function timeOf(iso) {
  const time = new Date(iso);
  return el('time', { datetime: iso, title: time.toLocaleString(document.documentElement.lang) }, time.toLocaleTimeString(document.documentElement.lang, { hour12: false }));
}

function setState(text, good) {
  byId('state').textContent = text;
  byId('state').className = good ? 'state' : 'state bad';
}

async function get(path) {
  const response = await fetch(`_sandbox/${path}`, { cache: 'no-store' });
  if (!response.ok) {
    throw new Error(`${path}: ${response.status}`);
  }
  return response.json();
}

async function send(path, body) {
  const response = await change('POST', path, body);
  const answer = await response.json();
  if (!response.ok) {
    throw new Error(answer.error);
  }
  return answer;
}

function change(method, path, body) {
  return fetch(`_sandbox/${path}`, { method, headers: { 'Content-Type': 'application/json' }, body: body === undefined ? undefined : JSON.stringify(body) });
}
