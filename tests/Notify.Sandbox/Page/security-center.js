// A button for each list of Security Center: puts something into it that Notify.Admin finds at its next poll.
import { el } from './dom.js';
import { t } from './strings.js';

const servers = ['inet-web-01', 'inet-db-01', 'inet-build-01'];

const lists = (id, uuid) => [
  { path: 'alerts', name: t.putAlert, found: { id, name: 'Webshell file found', type: 'Webshell', level: 'serious', description: '/var/www/html/upload/x.php', uuid } },
  { path: 'vulnerabilities', name: t.putVulnerability, found: { id, name: 'RHSA-2026:0230: polkit security update', related: 'CVE-2026-6133', uuid } },
  { path: 'baselines', name: t.putBaseline, found: { id, name: 'CentOS Linux 7 security baseline', uuids: [uuid] } },
  { path: 'leaks', name: t.putLeak, found: { id, accessKeyId: 'LTAI5tLeakedExample', user: 'ci@example', url: 'https://github.com/example/repository' } },
];

export function drawSecurityCenter(box, put) {
  box.replaceChildren(...lists(0, '').map((list, index) => el('button', {
    type: 'button',
    onclick: () => {
      const id = Date.now();
      return put(`security-center/${list.path}`, lists(id, servers[id % servers.length])[index].found);
    },
  }, list.name)));
}
