import type { Difference } from '../difference';
import type { AmtClient } from './client';

/** Some of the settings S: what is asked about, wanted, or held. */
export type Some<S> = { readonly [K in keyof S]?: S[K] | undefined };

export interface GroupDefinition<S> {
  /** Each setting with a value, in words: `SOL on`. */
  readonly words: { readonly [K in keyof S]-?: (value: S[K]) => string };
  /** What the device holds; what it does not have is left out. Lists are in order. */
  readonly read: (client: AmtClient, signal: AbortSignal) => Promise<Some<S>>;
  /** Writes these and leaves all others as they are. */
  readonly write: (client: AmtClient, wanted: Some<S>, signal: AbortSignal) => Promise<void>;
}

/** Settings that a device keeps together. Words and differences are of the settings that are wanted, and of no others. */
export interface SettingsGroup<S> {
  describe(values: Some<S>): readonly string[];
  now(client: AmtClient, wanted: Some<S>, signal: AbortSignal): Promise<readonly string[]>;
  /** At most one, for they are written together. */
  differences(client: AmtClient, wanted: Some<S>, signal: AbortSignal): Promise<readonly Difference[]>;
}

export function settingsGroup<S extends object>({ words, read, write }: GroupDefinition<S>): SettingsGroup<S> {
  const keys = Object.keys(words) as (keyof S)[];
  const given = (values: Some<S>): readonly (keyof S)[] => keys.filter((key) => values[key] !== undefined);
  const pick = (values: Some<S>, which: readonly (keyof S)[]): Some<S> =>
    Object.fromEntries(which.map((key) => [key, values[key]])) as Some<S>;
  const describe = (values: Some<S>): readonly string[] =>
    given(values).map((key) => words[key](values[key] as S[keyof S]));
  return {
    describe,
    async now(client, wanted, signal) {
      const asked = given(wanted);
      return asked.length === 0 ? [] : describe(pick(await read(client, signal), asked));
    },
    async differences(client, wanted, signal) {
      const asked = given(wanted);
      if (asked.length === 0) return [];
      const held = await read(client, signal);
      const differing = pick(
        wanted,
        asked.filter((key) => JSON.stringify(held[key]) !== JSON.stringify(wanted[key])),
      );
      const name = describe(differing).join(', ');
      return name === '' ? [] : [{ name, write: (stop) => write(client, differing, stop) }];
    },
  };
}

/** `SOL on` */
export function onOff(name: string): (value: boolean) => string {
  return (value) => `${name} ${value ? 'on' : 'off'}`;
}

/** Several groups as one, in their order. */
export function together<S>(groups: readonly SettingsGroup<S>[]): SettingsGroup<S> {
  const inTurn = async <T>(ask: (group: SettingsGroup<S>) => Promise<readonly T[]>): Promise<readonly T[]> => {
    const found: T[] = [];
    for (const group of groups) found.push(...(await ask(group)));
    return found;
  };
  return {
    describe: (values) => groups.flatMap((group) => group.describe(values)),
    now: (client, wanted, signal) => inTurn((group) => group.now(client, wanted, signal)),
    differences: (client, wanted, signal) => inTurn((group) => group.differences(client, wanted, signal)),
  };
}
