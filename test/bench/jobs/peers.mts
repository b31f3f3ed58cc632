import { type DebianPackage, ensureDebianPackages } from '../../tools/debian.mts';
import { findPostgres } from '../../tools/postgres.mts';
import { findProgram } from '../../tools/run.mts';
import { installPeers } from '../installPeers.mts';

const versions = { bullmq: '6.7.0', ioredis: '6.0.0', 'p-limit': '7.3.3' };

const servers: readonly DebianPackage[] = [
  { name: 'redis-server', isThere: hasRedis, serves: 'BullMQ' },
  { name: 'postgresql', isThere: hasPostgres, serves: 'pg-boss' },
  { name: 'ansible-core', isThere: hasAnsible, serves: 'ansible-playbook' },
];

/** The folder that the peers can be required from. Tells which are left out, and why. */
export function ensureJobPeers(): Promise<string> {
  for (const line of ensureDebianPackages(console.log, servers)) console.log(`LEFT OUT: ${line}`);
  return installPeers('job-peers', versions, '30 MB');
}

export function hasRedis(): boolean {
  return findProgram('redis-server') !== undefined;
}

export function hasPostgres(): boolean {
  return findPostgres() !== undefined;
}

export function hasAnsible(): boolean {
  return findProgram('ansible-playbook') !== undefined;
}
