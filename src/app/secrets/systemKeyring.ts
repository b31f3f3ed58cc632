import { join } from 'node:path';
import { Keyring, type OpenEntry } from './keyring';

/** The keyring of this system, through the optional package `@napi-rs/keyring`. */
export async function systemKeyring(stateFolder: string): Promise<Keyring> {
  return new Keyring(join(stateFolder, 'secrets.json'), await loadOpenEntry());
}

/** On Linux not the kernel's key ring, which forgets everything at the next start and which other logins cannot read. */
const lasting = { linux: { store: 'secret-service' } } as const;

async function loadOpenEntry(): Promise<OpenEntry | undefined> {
  try {
    const { Entry } = await import('@napi-rs/keyring');
    return (service, account) => new Entry(service, account, lasting);
  } catch {
    return undefined;
  }
}
