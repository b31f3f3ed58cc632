import * as z from 'zod';
import { webUrl } from '../webUrl';

const devices = [
  'pxe',
  'disk',
  'safe-mode',
  'diagnostics',
  'cd',
  'bios',
  'remote-cd',
  'remote-floppy',
  'remote-disk',
  'remote-media',
  'floppy',
  'https',
  'recovery',
  'pba',
  'none',
] as const;

/** In the schema of parameters that most users leave alone. */
const advanced = { advanced: true };
const hash = z
  .string()
  .regex(
    /^([0-9a-fA-F]{64}|[0-9a-fA-F]{96}|[0-9a-fA-F]{128})$/,
    'a SHA-256, SHA-384 or SHA-512 in hexadecimal is expected',
  )
  .optional()
  .meta(advanced);
const lock = z.boolean().default(false).meta(advanced);

export const bootParameters = z
  .strictObject({
    device: z
      .enum(devices)
      .describe(
        'What to boot from; bios is the firmware’s setup, remote- is what a console lends, recovery is Windows’ recovery system, pba a pre-boot application, none takes an override back',
      ),
    once: z.boolean().default(true).describe('For the next boot only; otherwise for every boot'),
    uefi: z.boolean().default(false).describe('Boot in UEFI mode; otherwise in legacy mode, or as AMT finds it'),
    power: z
      .enum(['none', 'on', 'reset', 'cycle'])
      .default('none')
      .describe('What to do with the power as soon as the controller holds the override'),
    url: webUrl(/^https$/)
      .optional()
      .describe('What to boot over HTTPS'),
    lockKeyboard: lock.describe('Lock the keyboard; many firmwares ignore it'),
    lockPowerButton: lock.describe('Lock the power button'),
    lockResetButton: lock.describe('Lock the reset button'),
    lockSleepButton: lock.describe('Lock the sleep button'),
    bypassPassword: lock.describe('Do not ask for the firmware’s password; many firmwares ignore it'),
    progressEvents: lock.describe('Have the firmware report its progress in the event log'),
    sol: lock.describe('Show the firmware’s text console over SOL; not with a device that AMT forces'),
    enforceSecureBoot: lock.describe('Keep Secure Boot in force for what is booted remotely'),
    verbosity: z
      .enum(['default', 'quiet', 'verbose', 'blank'])
      .default('default')
      .describe('How much the firmware shows; blank shows nothing at all. Many firmwares ignore it')
      .meta(advanced),
    bootIndex: z
      .int()
      .min(0)
      .max(10)
      .default(0)
      .describe(
        'Which one, when there are several disks, CD drives or pre-boot applications; 0 leaves it to the firmware',
      )
      .meta(advanced),
    clearCmos: lock.describe('DANGER: reset all firmware settings to their defaults at the boot'),
    urlUser: z.string().min(1).max(16).optional().describe('The user on the server of `url`').meta(advanced),
    urlPasswordOf: z
      .string()
      .min(1)
      .optional()
      .describe('The profile under whose name the password of `urlUser` is stored')
      .meta(advanced),
    imageHash: hash.describe('The hash of what `url` gives, in hexadecimal'),
    serverHash: hash.describe('The hash of the certificate of the server of `url`, in hexadecimal'),
    serverName: z
      .string()
      .min(1)
      .max(256)
      .optional()
      .describe('The name in the certificate of the server of `url`')
      .meta(advanced),
    serverNameMatch: z
      .enum(['full', 'suffix'])
      .default('full')
      .describe('Whether `serverName` is the whole name or its end')
      .meta(advanced),
    loadData: z.string().max(50).optional().describe('Data that is handed to what `url` gives').meta(advanced),
    syncRootCertificates: lock.describe('Have the firmware trust the root certificates that AMT holds'),
    requestTimeout: z
      .int()
      .min(0)
      .max(65_535)
      .optional()
      .describe('How long the firmware waits for the server of `url`, in seconds; from AMT 16')
      .meta(advanced),
  })
  .superRefine(assertTogether);

export type BootParameters = z.output<typeof bootParameters>;
export type BootDevice = BootParameters['device'];

/** What only a boot over HTTPS takes. */
export const httpsOnly = [
  'url',
  'urlUser',
  'urlPasswordOf',
  'imageHash',
  'serverHash',
  'serverName',
  'loadData',
  'syncRootCertificates',
  'requestTimeout',
] as const satisfies readonly (keyof BootParameters)[];

function assertTogether(
  given: {
    readonly [Name in keyof BootParameters]?: unknown;
  },
  context: z.core.$RefinementCtx,
): void {
  const mistake = (path: keyof BootParameters, message: string): void => {
    context.addIssue({ code: 'custom', path: [path], message });
  };
  if (given.device === 'https' && given.url === undefined) mistake('url', 'device https needs what to boot');
  const stray = httpsOnly.find((name) => given[name] !== undefined && given[name] !== false);
  if (given.device !== 'https' && stray) mistake(stray, `only device https takes ${stray}`);
  if ((given.urlUser === undefined) !== (given.urlPasswordOf === undefined)) {
    mistake('urlUser', 'urlUser and urlPasswordOf go together');
  }
}
