// curl --digest --parallel, one request a device.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inOut } from '../../tools/paths.mts';
import type { BenchClient } from './client.mts';
import { concurrency, getEnvelope, gets, isAnswer, password, user } from './common.mts';

export const curlClient: BenchClient = async (targets, task) => {
  const [name] = gets[task];
  if (task !== 'power' || name === undefined) throw new Error('curl does the power state only');
  const folder = inOut('bench');
  mkdirSync(folder, { recursive: true });
  const body = join(folder, 'get.xml');
  writeFileSync(body, getEnvelope(name));
  const config = targets.map(({ host, port, tls }) =>
    [
      `url = "${tls ? 'https' : 'http'}://${host}:${port}/wsman"`,
      `user = "${user}:${password}"`,
      'digest',
      'insecure',
      'silent',
      'header = "Content-Type: application/soap+xml;charset=UTF-8"',
      `data-binary = "@${body}"`,
    ].join('\n'),
  );
  const file = join(folder, 'curl.conf');
  writeFileSync(file, config.join('\nnext\n'));
  const child = spawn(
    'curl',
    ['--parallel', '--parallel-immediate', '--parallel-max', String(concurrency), '-K', file],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  await new Promise((done) => child.on('close', done));
  return text.split(/(?<=<\/a:Envelope>)/).filter((answer) => isAnswer(name, answer)).length;
};
