import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freeTcpPort, freeUdpPort } from './freePort';
import { finish, type Finished } from './programs';

export const ipmiSimUser = 'admin';
export const ipmiSimPassword = 'password';
const ipmiSimGuid = 'a123456789abcdefa123456789abcdef';

/** A real BMC that nobody here wrote: OpenIPMI's ipmi_sim. Its machine is a QEMU process, running while the power is on. */
export interface IpmiSim extends AsyncDisposable {
  readonly port: number;
  /** ipmitool over RMCP+ with suite 3, the only one of ours that this BMC has. */
  ipmitool(...args: readonly string[]): Promise<Finished>;
  /** Likewise, logged in as somebody else, at the operator level. */
  ipmitoolAs(user: string, password: string, ...args: readonly string[]): Promise<Finished>;
  /** A program of FreeIPMI's, likewise. */
  freeIpmi(program: string, ...args: readonly string[]): Promise<Finished>;
  /** The id of the running QEMU process; nothing when the machine is off. */
  machine(): number | undefined;
  /** What the BMC asked of the machine: `power 1`, `reset 1`, `shutdown 1`. */
  calls(): readonly string[];
}

/** What a BMC has besides power. `@DIR@` in the lines stands for its folder. */
export interface IpmiSimOptions {
  /** A fixed port, for clients that know no other than 623. Otherwise a free one is taken. */
  readonly port?: number;
  /** Lines of ipmi_sim's emulator file: sensors, records, FRU data. */
  readonly emulator?: readonly string[];
  /** Lines of its configuration file, such as users and `sol`. */
  readonly configuration?: readonly string[];
  /** Sensor data records in the words of OpenIPMI's sdrcomp, which makes them. */
  readonly sensorRecords?: string;
  /** More of QEMU's arguments, for a machine with disks or a serial port. */
  readonly machine?: readonly string[];
  /** Files that the lines name. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
}

/** Starts a BMC with the machine off and waits until it answers. */
export async function startIpmiSim(options: IpmiSimOptions = {}): Promise<IpmiSim> {
  const folder = mkdtempSync(join(tmpdir(), 'sideband-ipmi-sim-'));
  const port = options.port ?? (await freeUdpPort());
  writeConfiguration(folder, { port, unused: await freeUdpPort(), console: await freeTcpPort() }, options);
  const bmc = spawn('ipmi_sim', ['-n', '-c', join(folder, 'lan.conf'), '-f', join(folder, 'bmc.emu'), '-s', folder], {
    stdio: 'ignore',
  });
  const ipmitool = (...args: readonly string[]): Promise<Finished> =>
    finish('ipmitool', [...session(port), '-U', ipmiSimUser, '-P', ipmiSimPassword, ...args]);
  const sim: IpmiSim = {
    port,
    ipmitool,
    ipmitoolAs: (user, password, ...args) =>
      finish('ipmitool', [...session(port), '-U', user, '-P', password, '-L', 'OPERATOR', ...args]),
    freeIpmi: (program, ...args) =>
      finish(program, [...freeIpmiSession(port), ...(program === 'ipmi-config' ? [] : quietlyCached(folder)), ...args]),
    machine: () => machineOf(folder),
    calls: () => readFileSync(join(folder, 'calls'), 'utf8').split('\n').filter(Boolean),
    async [Symbol.asyncDispose]() {
      await end(bmc);
      const machine = machineOf(folder);
      if (machine !== undefined) process.kill(machine, 'SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
  for (let attempt = 0; (await ipmitool('chassis', 'power', 'status')).code !== 0; attempt++) {
    if (attempt === 40 || bmc.exitCode !== null) {
      await sim[Symbol.asyncDispose]();
      throw new Error('ipmi_sim does not answer');
    }
    await delay(100);
  }
  return sim;
}

function session(port: number): readonly string[] {
  return ['-I', 'lanplus', '-C', '3', '-N', '1', '-R', '2', '-H', '127.0.0.1', '-p', String(port)];
}

/** This BMC opens no session at a level below the user's own, so FreeIPMI must ask for the same level twice. */
function freeIpmiSession(port: number): readonly string[] {
  const login = ['-h', `127.0.0.1:${port}`, '-u', ipmiSimUser, '-p', ipmiSimPassword, '-D', 'LAN_2_0', '-I', '3'];
  return [...login, '-W', 'opensesspriv'];
}

/** Those programs of FreeIPMI's that read sensor records keep them here. */
function quietlyCached(folder: string): readonly string[] {
  return ['-Q', '--sdr-cache-directory', folder];
}

function writeConfiguration(
  folder: string,
  ports: { readonly port: number; readonly unused: number; readonly console: number },
  { emulator = [], configuration = [], files = {}, machine = [], sensorRecords }: IpmiSimOptions,
): void {
  for (const [name, contents] of Object.entries(files)) writeFileSync(join(folder, name), contents);
  const write = (name: string, lines: readonly string[]): void => {
    writeFileSync(join(folder, name), `${lines.join('\n')}\n`.replaceAll('@DIR@', folder));
  };
  mkdirSync(join(folder, 'ipmi_sim', 'bmc'), { recursive: true });
  writeFileSync(join(folder, 'calls'), '');
  const hook = join(folder, 'machine.sh');
  writeFileSync(hook, machineHook(folder, machine).replaceAll('@DIR@', folder));
  chmodSync(hook, 0o755);
  const lan = (channel: number, port: number): readonly string[] => [
    `startlan ${channel}`,
    `  addr 127.0.0.1 ${port}`,
    '  priv_limit admin',
    ...['callback', 'user', 'operator', 'admin'].map((level) => `  allowed_auths_${level} md5 straight`),
    `  guid ${ipmiSimGuid}`,
    'endlan',
  ];
  // Without channel 14 this BMC crashes when FreeIPMI asks for its payload support.
  const lines = [
    'name "bmc"',
    'set_working_mc 0x20',
    ...lan(1, ports.port),
    ...lan(14, ports.unused),
    `chassis_control "${hook}"`,
    `console 127.0.0.1 ${ports.console}`,
    'user 1 false "" "" user 10 none md2 md5 straight',
    `user 2 true "${ipmiSimUser}" "${ipmiSimPassword}" admin 60 none md2 md5 straight`,
    ...configuration,
  ];
  write('lan.conf', lines);
  let controller = 'mc_add 0x20 0 no-device-sdrs 0x23 9 8 0x9f 0x1291 0xf02';
  if (sensorRecords !== undefined) {
    write('records.sdrs', [sensorRecords]);
    execFileSync('sdrcomp', ['-o', join(folder, 'ipmi_sim', 'bmc', 'sdr.20.main'), join(folder, 'records.sdrs')]);
    controller += ' persist_sdr';
  }
  const bmc = ['mc_setbmc 0x20', controller, 'sel_enable 0x20 100 0x0a'];
  write('bmc.emu', [...bmc, ...emulator, 'mc_enable 0x20']);
}

/** ipmi_sim calls it as `get NAME…` and `set NAME VALUE …`. The machine is one QEMU process, without screen or network. */
function machineHook(folder: string, machine: readonly string[]): string {
  return `#!/bin/sh
pid=${folder}/machine.pid
runs() { [ -s $pid ] && kill -0 "$(cat $pid)" 2>/dev/null && ! grep -q '^State:.Z' "/proc/$(cat $pid)/status" 2>/dev/null; }
start() {
  runs && return
  setsid qemu-system-x86_64 -accel tcg -m 64 -nodefaults -display none -nic none ${machine.join(' ')} -pidfile $pid </dev/null >/dev/null 2>&1 &
  for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do runs && return; sleep 0.1; done
}
stop() { runs && kill -9 "$(cat $pid)"; rm -f $pid; }
case $1 in
get) shift; for name in "$@"; do
    case $name in
    power) if runs; then echo power:1; else echo power:0; fi ;;
    boot) echo "boot:$(cat ${folder}/boot 2>/dev/null || echo none)" ;;
    *) exit 1 ;;
    esac
  done ;;
set) shift; while [ $# -gt 1 ]; do
    echo "$1 $2" >>${folder}/calls
    case $1=$2 in
    power=1) start ;;
    power=0 | shutdown=1) stop ;;
    boot=*) echo "$2" >${folder}/boot ;;
    esac
    shift 2
  done ;;
esac
exit 0
`;
}

function machineOf(folder: string): number | undefined {
  const file = join(folder, 'machine.pid');
  if (!existsSync(file)) return undefined;
  const pid = Number(readFileSync(file, 'utf8'));
  try {
    const state = readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/^.*\) /s, '')[0];
    return pid > 0 && state !== 'Z' ? pid : undefined;
  } catch {
    return undefined;
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill();
  await gone;
}
