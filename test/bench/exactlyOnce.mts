// Resets over a network that loses datagrams: how many were carried out, counted at the simulated controllers.
import { join } from 'node:path';
import { inOut, root } from '../tools/paths.mts';
import { type BenchFleet, benchPassword, type FleetSpec, startFleet } from './fleetProcess.mts';
import { measure } from './measure.mts';

export async function exactlyOnce(spec: FleetSpec, suite: number): Promise<object> {
  const ours = await resetsBy(spec, suite, (folder) => [
    process.execPath,
    join(root, 'dist', 'cli.js'),
    'do',
    'power.reset',
    '*',
    '--yes',
    '--json',
    '--folder',
    folder,
  ]);
  const theirs = await resetsBy(spec, suite, (_, hosts) => [
    'ipmipower',
    '--reset',
    ...['-u', 'admin', '-p', benchPassword, '-D', 'LAN_2_0', '-I', String(suite)],
    ...['-h', hosts],
  ]);
  const rows = [
    { tool: 'sideband', ...ours },
    { tool: 'ipmipower', ...theirs },
  ];
  console.log(`\n${spec.count} resets at ${spec.loss} % loss, suite ${suite}`);
  console.table(rows);
  return { ...spec, suite, rows };
}

async function resetsBy(
  spec: FleetSpec,
  suite: number,
  command: (folder: string, hosts: string) => readonly string[],
): Promise<object> {
  const fleet = await startFleet(spec, suite);
  try {
    return await resets(fleet, command);
  } finally {
    await fleet[Symbol.asyncDispose]();
  }
}

async function resets(
  fleet: BenchFleet,
  command: (folder: string, hosts: string) => readonly string[],
): Promise<object> {
  const env = { SIDEBAND_SECRET_BMC_IPMI: benchPassword, SIDEBAND_STATE: inOut('bench', 'state') };
  const { stdout, wallMs } = await measure(command(fleet.folder, fleet.hosts.join(',')), env);
  const { resets, openSessions } = await fleet.stats();
  const outcomes = [...stdout.matchAll(/"outcome": "(\w+)"/g)].map(([, outcome = '']) => outcome);
  return {
    executed: resets.reduce((total, count) => total + count, 0),
    never: resets.filter((count) => count === 0).length,
    'twice or more': resets.filter((count) => count > 1).length,
    answered:
      outcomes.length > 0
        ? outcomes.filter((outcome) => outcome === 'done').length
        : (stdout.match(/: ok$/gm)?.length ?? 0),
    unknown: outcomes.filter((outcome) => outcome === 'unknown').length,
    'sessions left open': openSessions,
    'wall ms': Math.round(wallMs),
  };
}
