// An app on Slack's own SDK, unchanged but for the address: what it can do with the sandbox, it can do with Slack.
//   node slack-app.js <address of the Web API> <bot token> <app-level token> <channel>
// Prints one JSON line per step, and ends when its input does.
'use strict';
const { WebClient } = require('@slack/web-api');
const { SocketModeClient, LogLevel } = require('@slack/socket-mode');
const [slackApiUrl, botToken, appToken, channel] = process.argv.slice(2);
const tell = (step, what) => console.log(JSON.stringify({ step, ...what }));
const options = { slackApiUrl, retryConfig: { retries: 0 }, logLevel: LogLevel.ERROR };

async function refused(step, call) {
  try {
    await call();
    tell(step, { error: null });
  } catch (error) {
    tell(step, { error: error.data ? error.data.error : String(error) });
  }
}

async function main() {
  const web = new WebClient(botToken, options);
  const blocks = [
    { type: 'section', text: { type: 'mrkdwn', text: '*Disk* is full' } },
    { type: 'actions', block_id: 'what', elements: [{ type: 'button', action_id: 'take', value: 'D-1', text: { type: 'plain_text', text: 'Take' } }] },
  ];
  const posted = await web.chat.postMessage({ channel, text: 'Disk is full', blocks });
  tell('posted', { ts: posted.ts, channel: posted.channel, text: posted.message.text });
  const reply = await web.chat.postMessage({ channel, text: 'Still full', thread_ts: posted.ts });
  tell('replied', { ts: reply.ts, thread: reply.message.thread_ts });
  await refused('ephemeral', () => web.chat.postEphemeral({ channel, user: 'U0PERSON01', text: 'Only you' }));
  await refused('not yours', () => web.chat.update({ channel, ts: '1.000001', text: 'nothing' }));
  await refused('wrong kind of token', () => web.apps.connections.open());
  await refused('refused token', () => new SocketModeClient({ appToken: `${appToken}x`, logLevel: LogLevel.ERROR, clientOptions: options }).start());

  const socket = new SocketModeClient({ appToken, logLevel: LogLevel.ERROR, clientPingTimeout: 500, clientOptions: options });
  socket.on('connected', () => tell('connected', {}));
  socket.on('interactive', async ({ ack, body }) => {
    await ack();
    const [action] = body.actions;
    tell('pressed', {
      type: body.type, action: action.action_id, block: action.block_id, value: action.value, ts: body.container.message_ts,
      channel: body.channel.id, user: body.user.id, text: body.message.text,
    });
    const changed = await web.chat.update({ channel, ts: body.container.message_ts, text: `Taken by ${body.user.name}`, blocks: [blocks[0]] });
    tell('updated', { ts: changed.ts, text: changed.text ?? changed.message.text });
  });
  await socket.start();
  process.stdin.on('end', () => socket.disconnect().then(() => process.exit(0)));
  process.stdin.resume();
}

main().catch((error) => { tell('failed', { error: String(error) }); process.exit(1); });
