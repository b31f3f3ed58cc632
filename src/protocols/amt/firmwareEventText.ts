import { firmwareErrors, firmwareStages } from '../ipmi/events/firmwareProgress';

const error = 0;
const oemError = 3;
const oemProgress = 5;
const recovery = 0x30;
const erase = 0x40;

const recoveryStages: readonly string[] = [
  'boot parameters received',
  'boot option added',
  'name of the server resolved',
  'connected',
  'download done',
  'attempting to boot',
  'boot services left',
];
const bootOptions: Readonly<Record<number, string>> = { 2: 'HTTPS', 4: 'local PBA', 8: 'WinRE' };
const eraseErrors: Readonly<Record<number, string>> = {
  1: 'drive error',
  2: 'TPM not supported',
  3: 'too many attempts',
};
const eraseDevices: Readonly<Record<number, string>> = { 2: 'drive', 3: 'TPM', 5: 'golden configuration' };
const eraseStages: Readonly<Record<number, string>> = {
  3: 'begun',
  4: 'reserved parameters cleared',
  5: 'all settings decremented',
};

/** An event of sensor type 0Fh, system firmware: its errors and progress, and those of recovery and erase. */
export function firmwareEventText(data: Uint8Array, offset: number): string | undefined {
  const [kind, what = 0] = data;
  if (kind === 0xeb) return 'system firmware: invalid data';
  if (offset === oemError) return kind === 0xaa ? oemErrorText(data) : undefined;
  if (offset === oemProgress) return kind === 0xaa ? oemProgressText(data) : undefined;
  const [list, prefix] = offset === error ? [firmwareErrors, 'firmware error'] : [firmwareStages, 'firmware progress'];
  return `${prefix}: ${list[what] ?? `unknown ${what}`}`;
}

function oemErrorText([, what, number = 0]: Uint8Array): string | undefined {
  if (what === recovery) return `One Click Recovery failed: error ${number}`;
  if (what === erase) return `platform erase failed: ${eraseErrors[number] ?? `unknown error ${number}`}`;
  return undefined;
}

function oemProgressText([, what, number = 0, subject = 0]: Uint8Array): string | undefined {
  if (what === recovery) {
    const stage = recoveryStages[number] ?? `unknown stage ${number}`;
    const option = number === 1 ? ` ${bootOptions[subject] ?? `unknown ${subject}`}` : '';
    return `One Click Recovery: ${stage}${option}`;
  }
  if (what !== erase) return undefined;
  if (number !== 1 && number !== 2) return `platform erase: ${eraseStages[number] ?? `unknown stage ${number}`}`;
  const device = eraseDevices[subject] ?? `unknown device ${subject}`;
  return `platform erase of ${device} ${number === 1 ? 'started' : 'ended'}`;
}
