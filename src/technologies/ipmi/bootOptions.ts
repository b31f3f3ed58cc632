import { ByteReader } from '../../base/bytes';
import { SidebandError, toSidebandError } from '../../base/errors';
import { type BootFlags, decodeBootFlags, encodeBootFlags, type HeldBootFlags } from '../../protocols/ipmi/bootFlags';
import { getSystemBootOptions } from '../../protocols/ipmi/commands/getSystemBootOptions';
import { setSystemBootOptions } from '../../protocols/ipmi/commands/setSystemBootOptions';
import { change } from './change';
import type { IpmiClient } from './client';
import { ifRefused } from './refused';

export type { BootFlags, HeldBootFlags };

const setInProgress = 0;
const validBitClearing = 3;
const infoAcknowledge = 4;
const bootFlags = 5;

const complete = Uint8Array.of(0x00);
const inProgress = Uint8Array.of(0x01);
/** The firmware may handle it: write mask and data. */
const forFirmware = Uint8Array.of(0x01, 0x01);
const keepAfterMinute = 0x08;

export async function readBootFlags(client: IpmiClient, signal: AbortSignal): Promise<HeldBootFlags> {
  return decodeBootFlags(new ByteReader(await readOption(client, bootFlags, signal)));
}

/** Writes the flags in the order that controllers want, IPMI v2.0 section 28.12. Only the flags themselves must be taken. */
export async function writeBootFlags(client: IpmiClient, flags: BootFlags, signal: AbortSignal): Promise<void> {
  const write = (parameter: number, data: Uint8Array): Promise<void> =>
    change(client, setSystemBootOptions, { parameter, data }, signal);
  const end = (): Promise<unknown> => ifRefused(write(setInProgress, complete), undefined);
  await ifRefused(write(setInProgress, inProgress), undefined);
  try {
    await ifRefused(write(infoAcknowledge, forFirmware), undefined);
    if (flags.valid) await ifRefused(keepValid(client, write, signal), undefined);
    await write(bootFlags, encodeBootFlags(flags));
  } catch (thrown) {
    if (isRefusal(thrown)) await end();
    throw thrown;
  }
  await end();
}

/** Otherwise the controller forgets the flags when no power command follows within a minute. */
async function keepValid(
  client: IpmiClient,
  write: (parameter: number, data: Uint8Array) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const [before = 0] = (await ifRefused(readOption(client, validBitClearing, signal), undefined)) ?? [];
  await write(validBitClearing, Uint8Array.of((before & 0x1f) | keepAfterMinute));
}

async function readOption(client: IpmiClient, parameter: number, signal: AbortSignal): Promise<Uint8Array> {
  const option = await client.run(getSystemBootOptions, parameter, signal);
  if (option.parameter === parameter) return option.data;
  const message = `the controller gave boot option ${option.parameter} in place of ${parameter}`;
  throw new SidebandError('protocol.invalid', message);
}

function isRefusal(thrown: unknown): boolean {
  return toSidebandError(thrown).code.startsWith('device.');
}
