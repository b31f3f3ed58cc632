import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where the newest version's programs lie; nothing without Debian's package. */
export function findPostgres(): string | undefined {
  const versions = '/usr/lib/postgresql';
  if (!existsSync(versions)) return undefined;
  return readdirSync(versions)
    .sort((one, other) => Number(other) - Number(one))
    .map((version) => join(versions, version, 'bin'))
    .find((folder) => existsSync(join(folder, 'initdb')));
}
