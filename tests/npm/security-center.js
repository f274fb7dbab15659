// Drives the Security Center API with the vendor's own clients, unchanged but for the endpoint.
//   node security-center.js <openapi|pop-get|pop-post> <host:port> <AccessKeyId> <AccessKeySecret>  with calls on standard input:
//   [{"action": "DescribeDingTalk", "params": {"CurrentPage": 1}}, …]
// Prints one JSON line per call: {"ok": true, "body": {…}} or {"ok": false, "code": "…", "message": "…"}.
'use strict';
const fs = require('fs');
const [kind, host, accessKeyId, accessKeySecret] = process.argv.slice(2);
const version = '2018-12-03';

function openapi() {
  const { default: Client, Config, Params, OpenApiRequest } = require('@alicloud/openapi-client');
  const { RuntimeOptions } = require('@alicloud/tea-util');
  const client = new Client(new Config({ accessKeyId, accessKeySecret, endpoint: host, protocol: 'HTTP' }));
  return async (action, params) => {
    const call = new Params({
      action, version, protocol: 'HTTP', pathname: '/', method: 'POST', authType: 'AK', style: 'RPC', reqBodyType: 'formData', bodyType: 'json',
    });
    const query = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]));
    return (await client.callApi(call, new OpenApiRequest({ query }), new RuntimeOptions({ autoretry: false, readTimeout: 60000, connectTimeout: 60000 }))).body;
  };
}

function pop(method) {
  const { RPCClient } = require('@alicloud/pop-core');
  const client = new RPCClient({ accessKeyId, accessKeySecret, endpoint: `http://${host}`, apiVersion: version });
  return (action, params) => client.request(action, params, { method, timeout: 60000 });
}

async function main() {
  const call = { openapi, 'pop-get': () => pop('GET'), 'pop-post': () => pop('POST') }[kind]();
  for (const { action, params } of JSON.parse(fs.readFileSync(0, 'utf8'))) {
    try {
      console.log(JSON.stringify({ ok: true, body: await call(action, params || {}) }));
    } catch (error) {
      console.log(JSON.stringify({ ok: false, code: error.code || error.name, message: String((error.data && error.data.Message) || error.message) }));
    }
  }
}

main();
