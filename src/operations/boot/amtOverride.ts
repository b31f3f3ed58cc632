import { fromHex } from '../../base/bytes';
import { toSidebandError } from '../../base/errors';
import { type AmtBootDevice, bootDevices } from '../../technologies/amt/boot/bootDevices';
import type { AmtBoot } from '../../technologies/amt/boot/bootOptions';
import { findSource } from '../../technologies/amt/boot/bootSources';
import { describeHeld, isReadable, missing, readBoot } from '../../technologies/amt/boot/heldBoot';
import { encodeHttpsBoot, type EncodedBoot } from '../../technologies/amt/boot/httpsBoot';
import { lackOfBoot } from '../../technologies/amt/boot/lackOfBoot';
import { writeBoot } from '../../technologies/amt/boot/writeBoot';
import type { AmtClient } from '../../technologies/amt/client';
import { awaitsConsent, ensureConsent } from '../../technologies/amt/consent';
import { asksForSomething, describeBoot, noOverride } from '../../technologies/bootText';
import type { StepResult, WayContext, WaySteps } from '../operation';
import type { BootDevice, BootParameters } from './parameters';
import { thenPower } from './thenPower';

const redirected =
  'It boots from what a console lends it: a drive must be redirected before it starts, or it boots as usual.';

const untold = 'The firmware accepted the boot source, and does not tell it back.';

/** By AMT_BootSettingData and boot sources: for the next boot only. */
export const amtOverride: WaySteps<AmtClient, BootParameters> = {
  cannot: ({ device, once, uefi, clearCmos, bootIndex }) => {
    if (!isAmtDevice(device)) return `AMT has no boot device ${device}`;
    if (!once) return 'AMT sets the next boot only, not every boot';
    if (uefi) return 'AMT leaves it to the firmware whether it boots in UEFI or in legacy mode';
    if (clearCmos) return 'AMT clears no CMOS';
    const isOneOfSeveral = device === 'disk' || device === 'safe-mode' || device === 'cd' || device === 'pba';
    return bootIndex !== 0 && !isOneOfSeveral ? `there is only one ${device}: bootIndex is for others` : undefined;
  },
  lacks: (client, given, { signal }) => lackOfBoot(client, toBoot(given), signal),
  async now(client, { signal }) {
    const held = describeHeld(await readBoot(client, signal));
    return (await awaitsConsent(client, signal)) ? `${held}; the user must consent` : held;
  },
  intends: 'itself',
  run: thenPower(bringTo),
};

async function bringTo(client: AmtClient, given: BootParameters, context: WayContext): Promise<StepResult> {
  const { signal, asks } = context;
  const wanted = await prepare(client, given, context);
  const source = await findSource(client, wanted, signal);
  const held = await readBoot(client, signal);
  const value = { boot: asksForSomething(wanted) ? describeBoot(wanted) : noOverride };
  const isLent = wanted.device === 'remote-cd' || wanted.device === 'remote-floppy';
  const note = isLent ? { note: redirected } : {};
  if (isReadable(held, wanted) && missing(held, wanted, source).length === 0) {
    return { outcome: 'already', value, ...note };
  }
  await context.intend(describeHeld(held));
  await ensureConsent(client, { asks, signal });
  await writeBoot(client, held, { boot: wanted, source }, signal);
  try {
    const after = await readBoot(client, signal);
    const left = missing(after, wanted, source);
    if (left.length > 0) {
      const boot = describeHeld(after);
      return { outcome: 'unverified', value: { boot }, note: `Accepted, but it does not hold: ${left.join(', ')}.` };
    }
    const isTold = after.source !== undefined || source === undefined;
    return { outcome: 'done', value, ...(isTold ? note : { note: untold }) };
  } catch (thrown) {
    return { outcome: 'unverified', note: `Accepted, but not verified: ${toSidebandError(thrown).message}.` };
  }
}

/** With secrets, and with what the control mode demands. */
async function prepare(client: AmtClient, given: BootParameters, context: WayContext): Promise<AmtBoot> {
  const boot = toBoot(given);
  const { controlMode, boot: offered } = await client.capabilities(context.signal);
  // Client control mode does not let Secure Boot be put aside.
  const mustEnforce = controlMode === 'client' && offered.includes('AMTSecureBootControl') && isFromAfar(boot.device);
  return {
    ...boot,
    enforceSecureBoot: boot.enforceSecureBoot || mustEnforce,
    ...(boot.device === 'https' && { https: await encodeBoot(given, context) }),
  };
}

function toBoot(given: BootParameters): AmtBoot {
  const { device, ...rest } = given;
  return { ...rest, device: isAmtDevice(device) ? device : 'none' };
}

async function encodeBoot(given: BootParameters, { secret }: WayContext): Promise<EncodedBoot> {
  const { url = '', urlUser, urlPasswordOf, imageHash, serverHash, serverName, serverNameMatch } = given;
  const login =
    urlUser !== undefined && urlPasswordOf !== undefined
      ? { user: urlUser, password: await secret(urlPasswordOf) }
      : undefined;
  return encodeHttpsBoot({
    url,
    login,
    imageHash: imageHash === undefined ? undefined : fromHex(imageHash),
    serverHash: serverHash === undefined ? undefined : fromHex(serverHash),
    serverName: serverName === undefined ? undefined : { name: serverName, match: serverNameMatch },
    loadData: given.loadData,
    syncRootCertificates: given.syncRootCertificates,
    requestTimeout: given.requestTimeout,
  });
}

function isFromAfar(device: AmtBootDevice): boolean {
  return (
    device !== 'none' &&
    device !== 'bios' &&
    (bootDevices[device].recovery !== undefined || device.startsWith('remote-'))
  );
}

function isAmtDevice(device: BootDevice): device is AmtBootDevice & BootDevice {
  return device === 'none' || device in bootDevices;
}
