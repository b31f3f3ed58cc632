import * as z from 'zod';
import { startDeadline } from '../../base/deadline';
import { SidebandError, toSidebandError } from '../../base/errors';
import type { Secret } from '../../base/secret';
import type { SerialConsole } from '../../technologies/console';
import { expectText, matcher } from './expect';
import { controlKey, keyNames, keySequence } from './keys';
import { Screen } from './screen';

const longestScript = 500;

const key = z.string().refine((name) => keyNames.includes(name) || controlKey.test(name), {
  error: `is no key; there are: ${keyNames.join(', ')}, Ctrl+A to Ctrl+Z`,
});

/** What a script does with the screen of a console, one after the other. */
export const scriptSteps = z
  .array(
    z.union([
      z.strictObject({
        expect: expectText.describe('Waits until the screen shows this text, or what a /regular expression/ matches'),
        timeoutMs: z.number().int().positive().default(30_000).describe('How long to wait for it, in milliseconds'),
      }),
      z.strictObject({ send: z.string().min(1).describe('Types this text; a new line is the key Enter') }),
      z.strictObject({
        sendSecret: z.string().min(1).describe('Types the password that is stored for this profile, and Enter'),
      }),
      z.strictObject({
        keys: z.array(key).min(1).describe('Presses keys by their names, such as Escape, F2, Down, Ctrl+C'),
      }),
      z.strictObject({ sendBreak: z.literal(true).describe('Sends a break') }),
      z.strictObject({ screen: z.string().min(1).describe('Keeps the screen as it is now under this name') }),
    ]),
  )
  .min(1)
  .max(longestScript);

export type ScriptStep = z.output<typeof scriptSteps>[number];

/** A screen that was kept. */
export interface KeptScreen {
  readonly name: string;
  readonly text: string;
}

export interface ScriptHooks {
  /** The password that is stored under a name. */
  readonly secret: (name: string) => Promise<Secret>;
  /** Awaited before the script first types anything. */
  readonly intend: () => Promise<void>;
  readonly signal: AbortSignal;
}

/** Runs a script. Gives the screens that it kept, and the last one; an error carries them as its evidence. */
export async function runScript(
  console: SerialConsole,
  steps: readonly ScriptStep[],
  hooks: ScriptHooks,
): Promise<readonly KeptScreen[]> {
  using screen = await Screen.on(console);
  const run = new ScriptRun(console, screen, hooks);
  for (const [index, step] of steps.entries()) {
    try {
      await run.do(step);
    } catch (thrown) {
      const error = toSidebandError(thrown);
      const screens = run.screensWith(`step ${index + 1}`);
      const message = `step ${index + 1}: ${error.message}`;
      throw new SidebandError(error.code, message, { ...error.details, evidence: { screens } }, error);
    }
  }
  return run.screensWith('end');
}

class ScriptRun {
  readonly #console: SerialConsole;
  readonly #screen: Screen;
  readonly #hooks: ScriptHooks;
  readonly #kept: KeptScreen[] = [];
  readonly #secrets: string[] = [];

  constructor(console: SerialConsole, screen: Screen, hooks: ScriptHooks) {
    this.#console = console;
    this.#screen = screen;
    this.#hooks = hooks;
  }

  async do(step: ScriptStep): Promise<void> {
    const { secret, signal } = this.#hooks;
    if ('expect' in step) await this.#expect(step);
    else if ('send' in step) await this.#type(step.send.replaceAll(/\r?\n/g, '\r'));
    else if ('sendSecret' in step) await this.#typeSecret(await secret(step.sendSecret));
    else if ('keys' in step) {
      for (const name of step.keys) await this.#type(keySequence(name, this.#screen));
    } else if ('sendBreak' in step) {
      await this.#hooks.intend();
      await this.#console.sendBreak(signal);
    } else this.#keep(step.screen);
  }

  screensWith(name: string): readonly KeptScreen[] {
    this.#keep(name);
    return this.#kept;
  }

  async #expect({ expect, timeoutMs }: Extract<ScriptStep, { readonly expect: string }>): Promise<void> {
    const { signal } = this.#hooks;
    using deadline = startDeadline(signal, timeoutMs);
    try {
      await this.#screen.until(matcher(expect), deadline.signal);
    } catch (thrown) {
      if (signal.aborted || !deadline.signal.aborted) throw thrown;
      throw new SidebandError('operation.timeout', `the screen did not show "${expect}" within ${timeoutMs / 1000} s`);
    }
  }

  async #typeSecret(secret: Secret): Promise<void> {
    this.#secrets.push(secret.reveal());
    await this.#type(`${secret.reveal()}\r`);
  }

  async #type(text: string): Promise<void> {
    await this.#hooks.intend();
    await this.#console.write(new TextEncoder().encode(text), this.#hooks.signal);
  }

  /** A screen that shows a password shows stars instead. */
  #keep(name: string): void {
    const hidden = this.#secrets.filter((secret) => secret !== '');
    const text = hidden.reduce((shown, secret) => shown.replaceAll(acrossLines(secret), '***'), this.#screen.text);
    this.#kept.push({ name, text });
  }
}

/** A text that the screen may have broken at the end of a line. */
function acrossLines(text: string): RegExp {
  const characters = Array.from(text, (character) => character.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&'));
  return new RegExp(characters.join('\n?'), 'gu');
}
