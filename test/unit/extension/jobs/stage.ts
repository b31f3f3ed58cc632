import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SidebandError } from '../../../../src/base/errors';
import { silentLog } from '../../../../src/base/log';
import type { FolderSession } from '../../../../src/extension/folderSession';
import { LiveRuns } from '../../../../src/extension/jobs/liveRuns';
import type { Computer } from '../../../../src/fleet/computer';
import { builtInDefinitions } from '../../../../src/fleet/definitions';
import { defaultLimits, Fleet } from '../../../../src/fleet/fleet';
import { parseTargets } from '../../../../src/fleet/targets/parse';
import { selectTargets } from '../../../../src/fleet/targets/select';
import { type TestLedger, testLedger } from '../../../fakes/ledger';
import { FakeDevice, fakeComputer, untilAborted } from '../../../fakes/technology';
import { temporaryFolder } from '../../../fakes/temporaryFolder';

export interface JobStage extends Disposable {
  readonly folder: string;
  readonly ledger: TestLedger;
  readonly devices: ReadonlyMap<string, FakeDevice>;
  readonly session: FolderSession;
  readonly liveRuns: LiveRuns;
  readonly log: typeof silentLog;
  write(file: string, text: string): void;
}

/** A folder on disk with these jobs, and a fleet of fake devices, spoken to as if by IPMI. */
export function jobStage(jobs: Readonly<Record<string, string>>, names: readonly string[] = ['lab-01']): JobStage {
  const home = temporaryFolder();
  const folder = home.path;
  const write = (file: string, text: string): void => {
    const path = join(folder, '.sideband', 'jobs', file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  for (const [file, text] of Object.entries(jobs)) write(file, text);
  const computers = names.map((name) => fakeComputer(name, ['ipmi'], { site: 'oslo' }, 'bmc'));
  const groups = new Map([['build', { tags: { site: 'oslo' } }]]);
  const fleet = new Fleet({ computers, profiles: ['bmc'], groups, limits: defaultLimits });
  const devices = new Map(names.map((name) => [name, new FakeDevice()]));
  const ledger = testLedger();
  const engine = { sessions: sessionsWith(devices), ledger, fleet, folder, definitions: builtInDefinitions };
  const select = (targets: string): readonly Computer[] => {
    const found = selectTargets(parseTargets(targets), fleet, []);
    if (found.length === 0) throw new SidebandError('targets.none', `"${targets}" matches no computer`);
    return found;
  };
  const app = { folder, fleet, ledger, engine, select };
  const session = { app, title: 'fleets', jobWorld: { fleet, definitions: builtInDefinitions } } as unknown;
  return {
    folder,
    ledger,
    devices,
    session: session as FolderSession,
    liveRuns: new LiveRuns(),
    log: silentLog,
    write,
    [Symbol.dispose]: () => {
      home[Symbol.dispose]();
    },
  };
}

interface Use {
  readonly signal: AbortSignal;
}

function sessionsWith(devices: ReadonlyMap<string, FakeDevice>) {
  return {
    async use(_: unknown, { name }: Computer, { signal }: Use, act: (client: unknown) => Promise<unknown>) {
      const device = devices.get(name)!;
      await device.call('open', 'open');
      if (device.gate) await untilAborted(device.gate, signal);
      return act({
        readPower: () => Promise.resolve({ state: device.power }),
        requestPower: async (action: 'on' | 'off') => {
          await device.call('requestPower', action);
          device.power = action;
          return { confirmed: true };
        },
      });
    },
  };
}
