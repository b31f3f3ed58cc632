import { startDeadline } from '../../base/deadline';
import { SidebandError } from '../../base/errors';
import type { Endpoint, Surroundings } from '../technology';
import { discard, greet, settle, type Settled } from './greet';
import type { AmtOptions } from './options';
import { addressesOf, type AmtAddress } from './ports';
import { type Presence, readPresence } from './presence';
import { speaksNoTls, tellingMore } from './verdict';

const greetMs = 4000;
/** How long the slower port may take once the other one has answered. */
const secondAnswerMs = 1500;

/** What came of greeting one port. */
export interface Answer {
  readonly address: AmtAddress;
  readonly settled: Settled;
}

export interface Knocked {
  readonly answers: readonly Answer[];
  /** The one to log in to; what else was opened is closed. Its reason is that of all when there is none. */
  readonly chosen: Answer;
  readonly presence: Presence;
}

/** Greets every port, and pings beside them: what the ping says counts only where no port answers. */
export async function knock(
  endpoint: Endpoint<AmtOptions>,
  surroundings: Surroundings,
  { address, signal }: { readonly address: string; readonly signal: AbortSignal },
): Promise<Knocked> {
  using deadline = startDeadline(signal, greetMs);
  const enough = new AbortController();
  const side = AbortSignal.any([deadline.signal, enough.signal]);
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    enough.abort();
  };
  const present = readPresence(surroundings.udp, address, { waitMs: greetMs, signal: side });
  const addresses = addressesOf(endpoint, surroundings.pins);
  // A port that speaks one of the two does not speak the other.
  const lagMs = isShared(addresses) ? 0 : secondAnswerMs;
  const answers = await Promise.all(
    addresses.map(async (one): Promise<Answer> => {
      const settled = await settle(greet(one, { endpoint, surroundings, signal: side }));
      if ('value' in settled || (isThere(settled) && lagMs > 0)) timer ??= setTimeout(stop, lagMs);
      return { address: one, settled: settledInTime(settled, one) };
    }),
  );
  clearTimeout(timer);
  if (answers.some(({ settled }) => isThere(settled))) stop();
  const presence = await present;
  const chosen = await choose(answers);
  if (signal.aborted) await discard(chosen.settled);
  signal.throwIfAborted();
  return { answers, chosen, presence };
}

/** Throws why nothing answers on any port, as far as the ping can tell. */
export function assertOpen({ answers, chosen, presence }: Knocked): void {
  if ('value' in chosen.settled || answers.some(({ settled }) => isThere(settled))) return;
  const { error } = chosen.settled;
  if (presence.kind === 'silent') throw error;
  if (presence.kind === 'other') {
    throw new SidebandError('amt.absent', `${error.message}; what answers a ping there is not Intel AMT`, {}, error);
  }
  const { provisioning, port } = presence.pong;
  if (provisioning === 'not started' || provisioning === 'in progress') {
    const message = `Intel AMT answers a ping, but its provisioning is ${provisioning}`;
    throw new SidebandError('amt.not-provisioned', message, {}, error);
  }
  const hint = `Intel AMT answers a ping, and says that it listens on port ${port}: a firewall may stand between.`;
  throw new SidebandError(error.code, error.message, { ...error.details, hint }, error);
}

const sayings: Readonly<Record<string, string>> = {
  'connect.refused': 'closed',
  'connect.timeout': 'silent',
  'connect.unreachable': 'unreachable',
  'connect.lost': 'breaks off',
};

/** `16993 with TLS open, 16992 in clear closed`; of one port only what it speaks. */
export function describeAnswers({ answers, chosen }: Knocked): string {
  const told = isShared(answers.map(({ address }) => address)) ? [chosen] : answers;
  return told.map(describeAnswer).join(', ');
}

function describeAnswer({ address, settled }: Answer): string {
  const how = address.tls === 'tls' ? 'with TLS' : 'in clear';
  const what = 'value' in settled ? 'open' : (sayings[settled.error.code] ?? 'answers');
  return `${address.port} ${how} ${what}`;
}

/** As connecting does: in clear only where nothing speaks TLS. */
async function choose([secure, clear]: readonly Answer[]): Promise<Answer> {
  if (!secure) throw new SidebandError('internal.bug', 'no port to ask');
  if (!clear) return secure;
  const isPortShared = isShared([secure.address, clear.address]);
  if ('value' in secure.settled || !speaksNoTls(secure.settled.error, { isPortShared })) {
    await discard(clear.settled);
    return secure;
  }
  if ('value' in clear.settled) return clear;
  const error = tellingMore(secure.settled.error, clear.settled.error);
  return { address: error === clear.settled.error ? clear.address : secure.address, settled: { error } };
}

function isShared([one, other]: readonly AmtAddress[]): boolean {
  return one?.port === other?.port;
}

/** Whether something answers there, whatever it is. */
function isThere(settled: Settled): boolean {
  return 'value' in settled || !/^(connect\.(?!lost)|run\.|operation\.)/.test(settled.error.code);
}

function settledInTime(settled: Settled, { port }: AmtAddress): Settled {
  if ('value' in settled || !/^(run|operation)\./.test(settled.error.code)) return settled;
  return { error: new SidebandError('connect.timeout', `nothing answers on port ${port}`) };
}
