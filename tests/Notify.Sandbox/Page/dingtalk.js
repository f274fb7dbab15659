// Draws a DingTalk robot message roughly as DingTalk does: its subset of markdown, cards, links, and who is called.
import { el, link } from './dom.js';
import { t } from './strings.js';

export function drawDingTalk(body, mentions) {
  const type = body.msgtype;
  const content = body[type] ?? {};
  return el('div', { class: 'bubble' }, drawContent(type, content), drawMentions(mentions));
}

function drawContent(type, content) {
  switch (type) {
    case 'text': return String(content.content ?? '').split('\n').map((line) => el('div', {}, line || el('br')));
    case 'markdown': return [drawPhoneTitle(content.title), ...markdown(String(content.text ?? ''))];
    case 'link': return [el('div', { class: 'h' }, link(String(content.messageUrl ?? ''), String(content.title ?? ''))), el('div', {}, String(content.text ?? ''))];
    case 'actionCard': return [drawPhoneTitle(content.title), ...markdown(String(content.text ?? '')), drawButtons(content)];
    case 'feedCard': return (Array.isArray(content.links) ? content.links : []).map((item) => el('div', {}, link(String(item?.messageURL ?? ''), String(item?.title ?? ''))));
    default: return [el('code', {}, String(type))];
  }
}

function drawPhoneTitle(title) {
  return el('div', { class: 'phone' }, `${t.phone}: ${title ?? ''}`);
}

function drawButtons(card) {
  const buttons = card.singleTitle ? [{ title: card.singleTitle, actionURL: card.singleURL }] : Array.isArray(card.btns) ? card.btns : [];
  return el('div', { class: 'card-links' }, buttons.map((button) => el('div', {}, link(String(button?.actionURL ?? ''), String(button?.title ?? '')))));
}

function drawMentions(mentions) {
  return mentions.length ? el('div', {}, mentions.map((who) => [el('span', { class: 'mention' }, who), ' ']).flat()) : null;
}

// Line by line. A single line feed does not break a line in DingTalk: a blank line or two trailing spaces do.
function markdown(source) {
  const nodes = [];
  let paragraph = null;
  let list = null;
  for (const line of source.split('\n')) {
    const heading = /^\s{0,3}(#{1,6})\s+(.*)$/.exec(line);
    const item = /^\s*(?:[-*+]|(\d+)\.)\s+(.*)$/.exec(line);
    const quote = /^\s*>\s?(.*)$/.exec(line);
    if (!item) {
      list = null;
    }
    if (heading || item || quote || !line.trim()) {
      paragraph = null;
    }
    if (heading) {
      nodes.push(el('div', { class: `h h${heading[1].length}` }, inline(heading[2])));
    } else if (item) {
      const tag = item[1] ? 'ol' : 'ul';
      if (list?.localName !== tag) {
        nodes.push(list = el(tag));
      }
      list.append(el('li', {}, inline(item[2])));
    } else if (quote) {
      nodes.push(el('div', { class: 'quote' }, inline(quote[1])));
    } else if (line.trim()) {
      if (!paragraph) {
        nodes.push(paragraph = el('div'));
      } else if (!paragraph.lastChild || paragraph.lastChild.localName !== 'br') {
        paragraph.append(' ');
      }
      paragraph.append(...inline(line.trimEnd()));
      if (/ {2}$/.test(line)) {
        paragraph.append(el('br'));
      }
    }
  }
  return nodes;
}

function inline(source) {
  const nodes = [];
  let end = 0;
  for (const match of source.matchAll(/!\[([^\]]*)\]\(([^)\s]+)\)|\[([^\]]+)\]\(([^)\s]+)\)|\*\*(.+?)\*\*|\*([^*]+)\*/g)) {
    nodes.push(source.slice(end, match.index));
    const [, alt, picture, label, address, bold, italic] = match;
    if (picture !== undefined) nodes.push(link(picture, `🖼 ${alt || picture}`));
    else if (address !== undefined) nodes.push(link(address, label));
    else if (bold !== undefined) nodes.push(el('strong', {}, inline(bold)));
    else nodes.push(el('em', {}, inline(italic)));
    end = match.index + match[0].length;
  }
  nodes.push(source.slice(end));
  return nodes.filter((node) => node !== '');
}
