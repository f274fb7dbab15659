// Posts with other people's clients, unchanged but for the address.
//   node senders.js slack <address>                  @slack/webhook's IncomingWebhook
//   node senders.js dingtalk <address> [secret]      dingtalk-robot-sender's ChatBot
//   node senders.js cloudevents <address> [key]      the CNCF's CloudEvents SDK: binary, structured, batch
// Prints one JSON line per post: {"ok": true, "body": …} or {"ok": false, "status": …, "body": …}.
'use strict';
const [kind, address, secret] = process.argv.slice(2);

async function tell(post) {
  try {
    console.log(JSON.stringify({ ok: true, body: await post() }));
  } catch (error) {
    const response = error.response || (error.original && error.original.response) || {};
    console.log(JSON.stringify({ ok: false, status: response.status, body: response.data || error.message }));
  }
}

async function slack() {
  const { IncomingWebhook } = require('@slack/webhook');
  const webhook = new IncomingWebhook(address, { username: 'nobody', channel: '#elsewhere' });
  const send = message => tell(async () => (await webhook.send(message)).text);
  await send('plain *text*');
  await send({
    text: 'for phones',
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: 'Build 12' } },
      { type: 'section', text: { type: 'mrkdwn', text: '*failed* in <https://ci.example/12|step 3>' } },
      { type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: 'Open' }, url: 'https://ci.example/12' }] },
    ],
  });
  await send({ attachments: [{ fallback: 'f', title: 'Disk', title_link: 'https://m.example/d', text: 'full', fields: [{ title: 'Host', value: 'db-1', short: true }] }] });
  await send({ text: '' });
}

async function dingtalk() {
  const ChatBot = require('dingtalk-robot-sender');
  const robot = new ChatBot({ webhook: address, secret });
  const send = post => tell(async () => (await post()).data);
  await send(() => robot.text('plain *text*', { atMobiles: ['13800000000'], isAtAll: false }));
  await send(() => robot.link({ title: 'Link', text: 'where it is', messageUrl: 'https://ci.example/1', picUrl: '' }));
  await send(() => robot.markdown('Markdown', '#### Build 12\n> **failed**', { isAtAll: true }));
  await send(() => robot.actionCard({ title: 'Card', text: '### Card', btnOrientation: '0', btns: [{ title: 'Open', actionURL: 'https://ci.example/2' }] }));
  await send(() => robot.feedCard([{ title: 'Feed', messageURL: 'https://ci.example/3', picURL: 'https://ci.example/3.png' }]));
  await send(() => robot.markdown('', ''));
}

async function cloudevents() {
  const { CloudEvent, HTTP } = require('cloudevents');
  const event = (id, data) => new CloudEvent({ id, source: '/sdk/tests', type: 'com.example.sdk', time: '2026-11-29T01:02:03.456Z', subject: 'db-1', data });
  const post = (headers, body) => tell(async () => {
    const response = await fetch(address, { method: 'POST', headers: { ...headers, ...(secret ? { authorization: `Bearer ${secret}` } : {}) }, body });
    const text = await response.text();
    if (!response.ok) {
      throw Object.assign(new Error(text), { response: { status: response.status, data: text } });
    }
    return JSON.parse(text);
  });
  const text = body => (typeof body === 'string' ? body : JSON.stringify(body));
  const binary = HTTP.binary(event('binary', { title: 'Binary' }));
  await post(binary.headers, text(binary.body));
  const structured = HTTP.structured(event('structured', { title: 'Structured' }));
  await post(structured.headers, text(structured.body));
  const bytes = HTTP.structured(new CloudEvent({ id: 'bytes', source: '/sdk/tests', type: 'com.example.sdk', datacontenttype: 'application/octet-stream', data: new Uint8Array([82, 97, 119]) }));
  await post(bytes.headers, text(bytes.body));
  await post({ 'content-type': 'application/cloudevents-batch+json' }, JSON.stringify([event('batch-1', { title: 'First' }), event('batch-2', { title: 'Second' })]));
  const again = HTTP.binary(event('structured', { title: 'Known already' }));
  await post(again.headers, text(again.body));
}

({ slack, dingtalk, cloudevents })[kind]();
