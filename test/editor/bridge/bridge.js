// Test only, never shipped. Listens on a loopback port of the system's choice and answers only who knows the token,
// which it writes with the port into the file that the test named.
const vscode = require('vscode');
const http = require('node:http');
const { randomUUID } = require('node:crypto');
const { renameSync, writeFileSync } = require('node:fs');

exports.activate = (context) => {
  const file = process.env.SIDEBAND_TEST_BRIDGE;
  if (!file) return;
  const token = randomUUID();

  async function answer(request) {
    let body = '';
    for await (const chunk of request) body += chunk;
    if (request.headers.authorization !== token) throw new Error('wrong token');
    const { source, arg } = JSON.parse(body);
    return new Function('vscode', 'arg', `return (${source})(vscode, arg)`)(vscode, arg);
  }

  const server = http.createServer((request, response) => {
    answer(request).then(
      (value) => response.end(JSON.stringify({ value })),
      (error) => response.end(JSON.stringify({ error: String(error?.stack ?? error) })),
    );
  });
  server.listen(0, '127.0.0.1', () => {
    writeFileSync(`${file}.new`, JSON.stringify({ port: server.address().port, token }));
    renameSync(`${file}.new`, file);
  });
  context.subscriptions.push({ dispose: () => server.close() });
};
