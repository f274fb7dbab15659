// Draws a Slack message roughly as Slack does: text or blocks, and attachments.
import { el, link } from './dom.js';

const emoji = {
  rotating_light: '🚨', warning: '⚠️', white_check_mark: '✅', x: '❌', information_source: 'ℹ️', bell: '🔔', test_tube: '🧪',
  red_circle: '🔴', large_orange_circle: '🟠', large_yellow_circle: '🟡', large_blue_circle: '🔵', large_green_circle: '🟢', white_circle: '⚪',
};

const marks = /```([\s\S]+?)```|`([^`\n]+)`|(?<![\w*])\*([^*\n]+)\*(?![\w*])|(?<![\w_])_([^_\n]+)_(?![\w_])|(?<![\w~])~([^~\n]+)~(?![\w~])|<([^<>\n]+)>|:([a-z0-9_+-]+):/g;

// press: called with the action_id of a button that is pressed; without it buttons are only drawn.
export function drawSlack(body, press) {
  const blocks = asArray(body.blocks);
  const parts = blocks.length ? blocks.map((block) => drawBlock(block, press)) : [el('div', { class: 'text' }, mrkdwn(String(body.text ?? body.markdown_text ?? '')))];
  const name = String(body.username ?? 'Notify');
  return el('div', { class: 'slack' },
    el('div', { class: 'avatar', 'aria-hidden': 'true' }, name.slice(0, 1)),
    el('div', { class: 'blocks' }, el('strong', {}, name), parts, asArray(body.attachments).map(drawAttachment)));
}

function drawBlock(block, press) {
  switch (block?.type) {
    case 'header': return el('div', { class: 'title' }, textOf(block.text));
    case 'divider': return el('hr');
    case 'context': return el('div', { class: 'context' }, asArray(block.elements).map((element) => el('span', {}, textOf(element), ' ')));
    case 'actions': return el('div', {}, asArray(block.elements).map((element) => drawElement(element, press)));
    case 'section': return el('div', { class: 'text' },
      block.text ? textOf(block.text) : null,
      block.fields ? el('div', { class: 'fields' }, asArray(block.fields).map((field) => el('div', {}, textOf(field)))) : null,
      block.accessory ? el('div', {}, drawElement(block.accessory)) : null);
    default: return el('div', { class: 'context' }, `[${String(block?.type ?? '?')}]`);
  }
}

function drawElement(element, press) {
  if (press && element?.type === 'button' && element.action_id && !element.url) {
    return el('button', { type: 'button', class: 'press', onclick: (event) => press(String(element.action_id), event.currentTarget) }, textOf(element.text) ?? '?');
  }
  const label = el('span', { class: 'fake-button' }, textOf(element?.text) ?? String(element?.type ?? '?'));
  return element?.url ? link(String(element.url), label) : label;
}

function drawAttachment(attachment) {
  const box = el('div', { class: 'attached text' },
    attachment.pretext ? el('div', {}, mrkdwn(String(attachment.pretext))) : null,
    attachment.title ? el('strong', {}, String(attachment.title)) : null,
    attachment.text ?? attachment.fallback ? el('div', {}, mrkdwn(String(attachment.text ?? attachment.fallback))) : null,
    asArray(attachment.blocks).map((block) => drawBlock(block)));
  if (/^#?[0-9a-f]{6}$/i.test(attachment.color ?? '')) {
    box.style.borderLeftColor = `#${attachment.color.replace('#', '')}`;
  }
  return box;
}

function textOf(text) {
  if (!text || typeof text.text !== 'string') {
    return null;
  }
  return text.type === 'plain_text' ? emojis(text.text) : mrkdwn(text.text);
}

export function mrkdwn(source) {
  const nodes = [];
  let quoted = [];
  for (const line of splitLines(source)) {
    const quote = /^(?:&gt;|>) ?(.*)$/s.exec(line);
    if (quote) {
      quoted.push(quote[1]);
      continue;
    }
    if (quoted.length) {
      nodes.push(drawQuote(quoted));
      quoted = [];
    }
    nodes.push(el('div', {}, line ? inline(line) : el('br')));
  }
  if (quoted.length) {
    nodes.push(drawQuote(quoted));
  }
  return nodes;
}

// Lines, with a fenced block counting as one.
function splitLines(source) {
  const lines = [];
  let open = false;
  for (const line of source.split('\n')) {
    if (open) {
      lines[lines.length - 1] += `\n${line}`;
    } else {
      lines.push(line);
    }
    open = open !== ((line.split('```').length - 1) % 2 === 1);
  }
  return lines;
}

function drawQuote(lines) {
  return el('div', { class: 'quote' }, lines.map((line) => el('div', {}, inline(line))));
}

function inline(source) {
  const nodes = [];
  let end = 0;
  for (const match of source.matchAll(marks)) {
    nodes.push(unescape(source.slice(end, match.index)));
    nodes.push(drawMark(match));
    end = match.index + match[0].length;
  }
  nodes.push(unescape(source.slice(end)));
  return nodes;
}

function drawMark([whole, block, code, bold, italic, strike, token, name]) {
  if (block !== undefined) return el('pre', {}, unescape(block.replace(/^\n|\n$/g, '')));
  if (code !== undefined) return el('code', {}, unescape(code));
  if (bold !== undefined) return el('strong', {}, inline(bold));
  if (italic !== undefined) return el('em', {}, inline(italic));
  if (strike !== undefined) return el('s', {}, inline(strike));
  if (name !== undefined) return emoji[name] ?? whole;
  const [what, label] = token.split('|', 2);
  if (/^[@#!]/.test(what)) {
    const sign = what[0] === '#' ? '#' : '@';
    return el('span', { class: 'mention', title: whole }, sign + unescape(label ?? what.slice(1)));
  }
  return link(unescape(what), unescape(label ?? what));
}

function emojis(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => emoji[name] ?? whole);
}

function unescape(text) {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function asArray(value) {
  return Array.isArray(value) ? value.filter((item) => item !== null && typeof item === 'object') : [];
}
