import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the ledger and other state of this user lie: `SIDEBAND_STATE`, or the system's place for such things. */
export function stateFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  if (env.SIDEBAND_STATE) return env.SIDEBAND_STATE;
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'sideband');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'sideband');
  return join(env.XDG_STATE_HOME ?? join(homedir(), '.local', 'state'), 'sideband');
}
