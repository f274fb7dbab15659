// Every word of the page, in both languages.
const strings = {
  en: {
    purpose: 'Behaves as the Slack Web API and the DingTalk robot do. Nothing leaves this machine.',
    language: '中文', languageLabel: '切换到中文',
    live: 'Live', offline: 'The sandbox does not answer',
    messages: 'Messages', show: 'Show', both: 'Slack and DingTalk', dingtalk: 'DingTalk',
    clearMessages: 'Clear messages', shown: (shown, all) => shown === all ? `${all} received` : `${shown} shown, ${all} received`,
    emptyTitle: 'No messages', emptyHint: 'Point Notify.Admin at the addresses on this page, or send one from a terminal:',
    copyCommand: 'Copy command', copy: 'Copy', copyNamed: (what) => `Copy ${what}`, copied: 'Copied',
    connect: 'Connect', connectHint: 'Configuration values of Notify.Admin.', webhook: 'Webhook of the keyword robot',
    sources: 'Send as a tool', sourcesHint: 'Posts what the tool would to the source of that kind in Notify.Admin’s demo.',
    sourcesWhere: 'Another source', product: 'Notify.Admin', sourceAddress: 'Address of the source', sourceSecret: 'Its secret',
    securityCenter: 'Security Center', securityCenterHint: 'Puts something into the account’s lists. Notify.Admin finds it at its next poll.',
    chatbots: 'DingTalk chatbots of the account', on: 'on', minutes: (minutes) => `every ${minutes} min`,
    putAlert: 'Alert', putVulnerability: 'Vulnerability', putBaseline: 'Baseline risk', putLeak: 'AccessKey leak',
    socketMode: 'Socket Mode', presser: 'Press buttons as', pressed: 'Pressed: the app has acknowledged it.', pressedInVain: 'Pressed: the app did not answer within 3 s.',
    sockets: (count) => count === 0 ? 'No app is connected: buttons reach nobody.' : count === 1 ? '1 connection is open.' : `${count} connections are open.`,
    warning: 'Disconnect: warning', refresh_requested: 'Disconnect: refresh', link_disabled: 'Switch Socket Mode off', cut: 'Cut the connection',
    onlyFor: (name) => `only visible to ${name}`,
    faults: 'Faults', clearFaults: 'Clear faults', faultTarget: 'For', faultCalls: 'Calls', untilCleared: 'until cleared',
    timeout: 'Time out', reset: 'Reset connection', http429: 'HTTP 429, wait 5 s', http500: 'HTTP 500', html: '502 with HTML',
    truncated: 'Cut answer', slow: 'Slow answer', acceptThenTimeout: 'Accept, then time out', errorCode: 'Vendor error code', editWindow: 'Slack: too old to update',
    edited: 'edited', reply: 'reply', replies: 'Replies', delete: 'Delete', deleteNamed: (index) => `Delete message ${index} at Slack`, deleted: 'deleted at Slack',
    remaining: (hits, left) => left === null ? `applied ${hits} times, until cleared` : `applied ${hits} times, ${left} to go`,
    remove: 'Remove', removeNamed: (what) => `Remove fault: ${what}`,
    tryThese: 'Try these', tokens: 'Slack tokens', channels: 'Slack channels', robots: 'DingTalk robots', functions: 'Slack functions',
    calls: 'Latest calls', callsHint: 'Accepted or refused, newest first.',
    raw: 'Request body', phone: 'On the phone',
    scopes: 'Scopes', noAnswer: 'no answer',
    kindBot: 'Bot', kindUser: 'User', kindConfiguration: 'App configuration', kindAppLevel: 'App-level', refreshToken: 'refresh token',
    expired: 'expired', orgWide: 'whole organisation',
    joined: 'public, bot is a member', notJoined: 'public, bot has not joined', invited: 'private, bot is a member',
    notInvited: 'private, bot not invited', archived: 'archived', refuses: (code) => `posting answers ${code}`,
    signed: (secret) => `signed with ${secret}`, keywords: (words) => `keyword: ${words}`, ips: (ranges) => `only from ${ranges}`,
    disabled: 'switched off', dissolved: 'group dissolved', open: 'accepts everything', blocked: (time) => `too fast: shut until ${time}`,
  },
  zh: {
    purpose: '行为与 Slack Web API 和钉钉机器人一致，任何内容都不会离开本机。',
    language: 'English', languageLabel: 'Switch to English',
    live: '实时', offline: '沙箱没有响应',
    messages: '消息', show: '显示', both: 'Slack 和钉钉', dingtalk: '钉钉',
    clearMessages: '清空消息', shown: (shown, all) => shown === all ? `共收到 ${all} 条` : `显示 ${shown} 条，共收到 ${all} 条`,
    emptyTitle: '没有消息', emptyHint: '将 Notify.Admin 指向本页的地址，或在终端中发送一条：',
    copyCommand: '复制命令', copy: '复制', copyNamed: (what) => `复制 ${what}`, copied: '已复制',
    connect: '连接', connectHint: 'Notify.Admin 的配置值。', webhook: '关键词机器人的 Webhook',
    sources: '模拟工具发送', sourcesHint: '向 Notify.Admin 演示环境中同类来源发送该工具的内容。',
    sourcesWhere: '其他来源', product: 'Notify.Admin', sourceAddress: '来源地址', sourceSecret: '来源密钥',
    securityCenter: '云安全中心', securityCenterHint: '在账号的列表中放入一条，Notify.Admin 下次读取时会发现。',
    chatbots: '账号中的钉钉机器人', on: '已启用', minutes: (minutes) => `间隔 ${minutes} 分钟`,
    putAlert: '安全告警', putVulnerability: '漏洞', putBaseline: '基线风险', putLeak: 'AccessKey泄露',
    socketMode: 'Socket Mode', presser: '以此身份点击按钮', pressed: '已点击：应用已确认。', pressedInVain: '已点击：应用在 3 秒内没有响应。',
    sockets: (count) => count === 0 ? '没有应用连接：点击按钮不会有人收到。' : `已建立 ${count} 个连接。`,
    warning: '断开：warning', refresh_requested: '断开：refresh', link_disabled: '关闭 Socket Mode', cut: '切断连接',
    onlyFor: (name) => `仅 ${name} 可见`,
    faults: '故障', clearFaults: '清除故障', faultTarget: '对象', faultCalls: '次数', untilCleared: '直到清除',
    timeout: '超时', reset: '重置连接', http429: 'HTTP 429，等待 5 秒', http500: 'HTTP 500', html: '502 与 HTML 页面',
    truncated: '截断响应', slow: '缓慢响应', acceptThenTimeout: '接收后超时', errorCode: '厂商错误码', editWindow: 'Slack：太早，无法更新',
    edited: '已编辑', reply: '回复', replies: '回复', delete: '删除', deleteNamed: (index) => `在 Slack 中删除消息 ${index}`, deleted: '已在 Slack 中删除',
    remaining: (hits, left) => left === null ? `已触发 ${hits} 次，直到清除` : `已触发 ${hits} 次，还剩 ${left} 次`,
    remove: '移除', removeNamed: (what) => `移除故障：${what}`,
    tryThese: '可以试试', tokens: 'Slack 令牌', channels: 'Slack 频道', robots: '钉钉机器人', functions: 'Slack 函数',
    calls: '最近的调用', callsHint: '包括被拒绝的调用，最新的在前。',
    raw: '请求正文', phone: '手机通知',
    scopes: '权限范围', noAnswer: '无响应',
    kindBot: '机器人', kindUser: '用户', kindConfiguration: '应用配置', kindAppLevel: '应用级', refreshToken: '刷新令牌',
    expired: '已过期', orgWide: '整个组织',
    joined: '公开频道，机器人已加入', notJoined: '公开频道，机器人未加入', invited: '私有频道，机器人已加入',
    notInvited: '私有频道，未邀请机器人', archived: '已归档', refuses: (code) => `发送时返回 ${code}`,
    signed: (secret) => `加签密钥 ${secret}`, keywords: (words) => `关键词：${words}`, ips: (ranges) => `仅允许 ${ranges}`,
    disabled: '已停用', dissolved: '群已解散', open: '接收所有消息', blocked: (time) => `发送过快，停用至 ${time}`,
  },
};

const stored = localStorage.getItem('language');
const preferred = navigator.languages?.[0] ?? navigator.language ?? 'en';

export const language = stored === 'en' || stored === 'zh' ? stored : preferred.toLowerCase().startsWith('zh') ? 'zh' : 'en';
export const t = strings[language];

export function switchLanguage() {
  localStorage.setItem('language', language === 'zh' ? 'en' : 'zh');
  location.reload();
}

export function translatePage() {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  for (const element of document.querySelectorAll('[data-text]')) {
    element.textContent = t[element.dataset.text];
  }
}
