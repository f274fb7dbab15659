// What there is to try: addresses, tokens, channels, robots, functions; and what an account at Security Center has.
import { el } from './dom.js';
import { t } from './strings.js';

const drawn = {};

export function drawAddresses(list, copyButton) {
  const webhook = `${location.origin}/robot/send?access_token=sandboxkeyword`;
  const pairs = [['Slack:ApiUrl', `${location.origin}/api/`], ['DingTalk:AllowedWebhooks', `${location.origin}/robot/send`], [t.webhook, webhook]];
  list.replaceChildren(...pairs.flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, el('code', { class: 'grow' }, value), copyButton(value, name))]));
}

export function exampleCommand() {
  return `curl ${location.origin}/api/chat.postMessage \\\n  -d token=xoxb-sandbox-token -d channel=C0ALERTS01 -d text=Hello`;
}

export async function drawLists(get, copyButton) {
  const [tokens, channels, robots, functions, chatbots] = await Promise.all(
    ['slack/tokens', 'slack/channels', 'robots', 'slack/functions', 'security-center/chatbots'].map(get));
  const bots = new Set(tokens.filter(({ kind }) => kind === 'bot').map(({ userId }) => userId));
  draw('tokens', tokens.toSorted(usableFirst), copyButton, (token) => [token.token, describeToken(token)]);
  draw('channels', channels, copyButton, (channel) => [channel.id, `#${channel.name}: ${describeChannel(channel, bots)}`]);
  draw('robots', robots, copyButton, (robot) => [robot.token, `${robot.name}: ${describeRobot(robot)}`]);
  draw('chatbots', chatbots, copyButton, (chatbot) => [chatbot.sendUrl,
    [chatbot.id, chatbot.name, chatbot.isOn ? t.on : t.disabled, t.minutes(chatbot.intervalTime)].join(' · ')]);
  draw('functions', functions, copyButton, (item) => [item.id, `${item.title}: ${item.permissionType}, ${item.appId} ${item.callbackId}`]);
}

// Redrawn only when changed, so that a focused button keeps the focus.
function draw(id, items, copyButton, describe) {
  const content = JSON.stringify(items);
  if (drawn[id] === content) {
    return;
  }
  drawn[id] = content;
  document.getElementById(id).replaceChildren(...items.slice(0, 100).map((item) => {
    const [value, text] = describe(item);
    return el('li', {}, el('code', {}, value), el('small', {}, text), copyButton(value, value));
  }));
}

// The plain bot token, which a newcomer wants, comes out on top.
function usableFirst(a, b) {
  return isDead(a) - isDead(b) || a.token.length - b.token.length;
}

function isDead(token) {
  return Number(Boolean(token.error) || (token.expiresAt !== null && new Date(token.expiresAt) <= new Date()));
}

function describeToken(token) {
  const kinds = { bot: t.kindBot, user: t.kindUser, configuration: t.kindConfiguration, appLevel: t.kindAppLevel };
  const parts = [kinds[token.kind] ?? token.kind];
  if (token.isOrg) parts.push(t.orgWide);
  if (token.error) parts.push(token.error);
  if (!token.error && isDead(token)) parts.push(t.expired);
  if (token.refreshToken) parts.push(`${t.refreshToken} ${token.refreshToken}`);
  if (!token.error) parts.push(`${t.scopes}: ${token.scopes.join(', ')}`);
  return parts.join(' · ');
}

function describeChannel(channel, bots) {
  const member = channel.members.some((id) => bots.has(id));
  const parts = [channel.isArchived ? t.archived : channel.isPrivate ? (member ? t.invited : t.notInvited) : member ? t.joined : t.notJoined];
  if (channel.postError) parts.push(t.refuses(channel.postError));
  return parts.join(' · ');
}

function describeRobot(robot) {
  const parts = [];
  if (robot.blockedUntil) parts.push(t.blocked(new Date(robot.blockedUntil).toLocaleTimeString()));
  if (!robot.enabled) parts.push(t.disabled);
  if (robot.dissolved) parts.push(t.dissolved);
  if (robot.secret) parts.push(t.signed(robot.secret));
  if (robot.keywords.length) parts.push(t.keywords(robot.keywords.join(', ')));
  if (robot.allowedIps.length) parts.push(t.ips(robot.allowedIps.join(', ')));
  return parts.length ? parts.join(' · ') : t.open;
}
