// The serial console of a real ipmi_sim in a pseudo-terminal, beside ipmitool's and FreeIPMI's: key to echo, flood, and a reader that stalls.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type * as Peers from '../peers/ipmiSim';
import { bundle } from '../tools/bundle.mts';
import { inOut, root } from '../tools/paths.mts';
import { median } from './measure.mts';

interface Tool {
  readonly name: string;
  readonly command: (port: number) => string;
  readonly isOpen: RegExp;
}

const password = 'password';
/** It knows no other. */
const ipmiconsolePort = 623;
const keys = 500;
const floodBytes = 128 * 1024;
/** Of a line of 115,200 bits a second. */
const charactersEachMs = 11.52;
const stallMs = 2000;

const tools: readonly Tool[] = [
  {
    name: 'sideband',
    command: (port) =>
      `${process.execPath} ${join(root, 'dist', 'cli.js')} console ipmi://admin@127.0.0.1:${port}?cipherSuite=3`,
    isOpen: /for help/,
  },
  {
    name: 'ipmitool',
    command: (port) => `ipmitool -I lanplus -C 3 -H 127.0.0.1 -p ${port} -U admin -P ${password} sol activate`,
    isOpen: /operational/,
  },
  {
    name: 'ipmiconsole',
    command: () => `ipmiconsole -h 127.0.0.1 -u admin -p ${password} -I 3 -W opensesspriv`,
    isOpen: /\[SOL established\]/,
  },
];

/** What is typed at a terminal program, and what it shows. */
class Typist {
  readonly #child: ChildProcess;
  shown = '';
  #changed = Promise.withResolvers<undefined>();

  constructor(command: string) {
    this.#child = spawn('script', ['-qfec', `stty raw -echo; ${command}`, '/dev/null'], {
      env: { ...process.env, SIDEBAND_PASSWORD: password, SIDEBAND_STATE: inOut('bench', 'sol-state') },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    this.#child.stdout?.on('data', (data: Buffer) => {
      this.shown += data.toString('latin1');
      this.#changed.resolve(undefined);
      this.#changed = Promise.withResolvers();
    });
  }

  type(text: string): void {
    this.#child.stdin?.write(text);
  }

  /** Reads nothing for a while, so that the program cannot write. */
  stall(): void {
    this.#child.stdout?.pause();
  }

  goOn(): void {
    this.#child.stdout?.resume();
  }

  async until(isEnough: (shown: string) => boolean, timeoutMs: number): Promise<boolean> {
    const deadline = performance.now() + timeoutMs;
    while (!isEnough(this.shown)) {
      const left = deadline - performance.now();
      if (left <= 0 || this.#child.exitCode !== null) return false;
      await Promise.race([this.#changed.promise, delay(Math.min(left, 50))]);
    }
    return true;
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL'); // the terminal's hangup ends what runs in it
    await gone;
  }
}

interface Serial {
  readonly server: Server;
  socket: Socket | undefined;
  echoes: boolean;
}

export async function solBench(): Promise<object> {
  const serial: Serial = { server: createServer(), socket: undefined, echoes: true };
  serial.server.on('connection', (socket) => {
    serial.socket = socket.setNoDelay();
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      if (serial.echoes) socket.write(data);
    });
  });
  serial.server.listen(0, '127.0.0.1');
  await once(serial.server, 'listening');
  const file = await bundle(`export * from './test/peers/ipmiSim';`, inOut('bench', 'ipmiSim.mjs'));
  const { startIpmiSim } = (await import(pathToFileURL(file).href)) as typeof Peers;
  const { port } = serial.server.address() as AddressInfo;
  const rows: object[] = [];
  try {
    for (const tool of tools) {
      // One BMC each: this one remembers sequence numbers from one console to the next.
      const bmc = await startIpmiSim({ port: ipmiconsolePort, configuration: [`sol "tcp:127.0.0.1:${port}" 115200`] });
      rows.push({ tool: tool.name, ...(await measureTool(tool, bmc.port, serial)) });
      await bmc[Symbol.asyncDispose]();
    }
  } finally {
    serial.socket?.destroy();
    serial.server.close();
  }
  console.table(rows);
  return { rows };
}

async function measureTool(tool: Tool, port: number, serial: Serial): Promise<object> {
  const typist = new Typist(tool.command(port));
  try {
    if (!(await typist.until((shown) => tool.isOpen.test(shown), 20_000))) return { 'key to echo ms': 'did not open' };
    await delay(500);
    const echo = await keyToEcho(typist, serial);
    const flood = await floodOf(typist, serial, 0);
    const stalled = await floodOf(typist, serial, stallMs);
    return {
      'key to echo ms': echo.toFixed(2),
      'flood KB/s': (flood.bytes / flood.ms).toFixed(1),
      'flood lost': floodBytes - flood.bytes,
      'stalled lost': floodBytes - stalled.bytes,
      'still connected': stalled.connected,
    };
  } finally {
    await typist.end();
  }
}

async function keyToEcho(typist: Typist, serial: Serial): Promise<number> {
  serial.echoes = true;
  const times: number[] = [];
  for (let key = 0; key < keys; key++) {
    const letter = String.fromCharCode(0x61 + (key % 26));
    const before = typist.shown.length;
    const begun = performance.now();
    typist.type(letter);
    await typist.until((shown) => shown.includes(letter, before), 2000);
    times.push(performance.now() - begun);
    await delay(5);
  }
  return median(times);
}

/** As fast as a serial line is. */
async function floodOf(
  typist: Typist,
  serial: Serial,
  stalledMs: number,
): Promise<{ readonly bytes: number; readonly ms: number; readonly connected: boolean }> {
  serial.echoes = false;
  const line = `${'0123456789abcdef'.repeat(4)}\\r\\n`;
  const text = line.repeat(Math.ceil(floodBytes / line.length)).slice(0, floodBytes);
  const before = typist.shown.length;
  const begun = performance.now();
  if (stalledMs > 0) {
    typist.stall();
    setTimeout(() => {
      typist.goOn();
    }, stalledMs);
  }
  for (let at = 0; at < text.length;) {
    const due = Math.min(text.length, Math.ceil((performance.now() - begun) * charactersEachMs));
    if (due > at) serial.socket?.write(text.slice(at, due), 'latin1');
    at = Math.max(at, due);
    await delay(2);
  }
  await typist.until((shown) => shown.length - before >= floodBytes, 3000);
  const ms = performance.now() - begun;
  const bytes = typist.shown.length - before;
  serial.echoes = true;
  const mark = typist.shown.length;
  typist.type('Z');
  const connected = await typist.until((shown) => shown.includes('Z', mark), 3000);
  return { bytes, ms, connected };
}
