import { randomBytes } from 'node:crypto';
import { vi } from 'vitest';
import { cipherSuites, type CipherSuiteId } from '../../../../src/protocols/ipmi/cipherSuites';
import type { Login } from '../../../../src/protocols/ipmi/openSession';
import { IpmiSession } from '../../../../src/protocols/ipmi/session';
import type { ScriptedBmc } from './bmc';

/** What becomes of a datagram: the milliseconds after which each copy arrives. None: it is lost. */
export type Fate = (datagram: Uint8Array, direction: 'request' | 'answer') => readonly number[];

export const never = new AbortController().signal;
export const wellBehaved: Fate = () => [1];

/** Loses this share of the datagrams of both directions, the same ones with each seed. */
export function lossy(share: number, seed: number): Fate {
  let state = seed * 2654435761 + 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 < share ? [] : [10];
  };
}

/** Loses what the test picks; the rest takes a millisecond. */
export function losing(pick: (datagram: Uint8Array, direction: 'request' | 'answer') => boolean): Fate {
  return (datagram, direction) => (pick(datagram, direction) ? [] : [1]);
}

export function loginWith(suites: readonly CipherSuiteId[], login: Partial<Login> = {}): Login {
  const encoder = new TextEncoder();
  return {
    suites: suites.map((id) => cipherSuites[id]),
    privilege: 'operator',
    user: encoder.encode('admin'),
    password: encoder.encode('secret'),
    random: (length) => new Uint8Array(randomBytes(length)),
    ...login,
  };
}

export interface Link {
  readonly session: IpmiSession;
  readonly sent: Uint8Array[];
  readonly received: Uint8Array[];
  readonly trace: string[];
  silences: number;
}

/** A session whose datagrams go to the controller and back under fake timers. */
export function connectTo(bmc: ScriptedBmc, fate: Fate = wellBehaved, login: Login = loginWith([17, 3])): Link {
  const deliver = (
    datagram: Uint8Array,
    direction: 'request' | 'answer',
    receive: (datagram: Uint8Array) => void,
  ): void => {
    for (const delayMs of fate(datagram, direction)) setTimeout(receive, delayMs, datagram);
  };
  const link: Link = {
    sent: [],
    received: [],
    trace: [],
    silences: 0,
    session: new IpmiSession(
      {
        send(datagram) {
          link.sent.push(datagram);
          deliver(datagram, 'request', (request) => {
            const answer = bmc.receive(request);
            if (!answer) return;
            deliver(answer, 'answer', (received) => {
              link.received.push(received);
              link.session.receive(received);
            });
          });
        },
        onSilence() {
          link.silences++;
        },
        trace: (line) => void link.trace.push(line()),
      },
      login,
    ),
  };
  return link;
}

/** Lets the fake time run until the promise has settled. */
export async function passTime<T>(promise: Promise<T>): Promise<T> {
  let settled = false;
  const end = (): void => void (settled = true);
  promise.then(end, end);
  while (!settled) await vi.advanceTimersByTimeAsync(10);
  return promise;
}

/** The error of a promise that is to be rejected. */
export async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return passTime(
    promise.then(
      () => expectedRejection,
      (error: unknown) => error,
    ),
  );
}

const expectedRejection = new Error('it was to be rejected');
