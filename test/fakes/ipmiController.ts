import { ByteReader, toHex } from '../../src/base/bytes';
import { SidebandError } from '../../src/base/errors';
import { silentLog } from '../../src/base/log';
import { Secret } from '../../src/base/secret';
import type { Operation, StepResult, Way, WayRequest } from '../../src/operations/operation';
import type { Act } from '../../src/protocols/ipmi/act';
import type { IpmiCommand } from '../../src/protocols/ipmi/command';
import { completionError } from '../../src/protocols/ipmi/completionCodes';
import type { IpmiSession } from '../../src/protocols/ipmi/session';
import { IpmiClient } from '../../src/technologies/ipmi/client';
import { memoryCache, noCache } from './cache';
import { fakeComputer } from './technology';

/** The bytes after the completion code, a completion code, or nothing when no answer comes. */
export type Answer = readonly number[] | number | undefined;

/** A client of the computer lab-01 that has this session. */
export function ipmiClient(session: IpmiSession, cache = noCache): IpmiClient {
  const connection = { session, [Symbol.asyncDispose]: () => session.close() };
  return new IpmiClient({ computer: 'lab-01', host: '10.0.0.1', port: 623 }, connection, cache);
}

/** A controller behind a session: it answers bytes with bytes and keeps what it was asked, `00 08 05 80…`. */
export class FakeController {
  readonly calls: string[] = [];
  /** Whether the answers of commands that must not happen twice arrive. */
  confirms = true;
  readonly cache = memoryCache();
  /** Of every profile. */
  storedPassword = '';
  readonly #answer: (request: string, data: readonly number[]) => Answer;

  constructor(answer: (command: string, data: readonly number[]) => Answer) {
    this.#answer = answer;
  }

  /** The commands that change something, that is all but those that begin with one of these. */
  changes(...reads: readonly string[]): readonly string[] {
    return this.calls.filter((call) => !reads.some((read) => call.startsWith(read)));
  }

  get client(): IpmiClient {
    const run = async <Input, Output>(command: IpmiCommand<Input, Output>, input: Input): Promise<Output> => {
      const data = command.encode(input);
      const numbers = [command.netFn, command.command].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
      this.calls.push([numbers, ...(toHex(data).match(/../g) ?? [])].join(' '));
      const answer = this.#answer(numbers, [...data]);
      if (answer === undefined) throw new SidebandError('connect.lost', `no answer to ${command.name}`);
      if (typeof answer === 'number') throw completionError(command.name, answer);
      return Promise.resolve(command.decode(new ByteReader(Uint8Array.from(answer))));
    };
    const runOnce = async <Input>({ command, input }: Act<Input>): Promise<{ readonly confirmed: boolean }> => {
      await run(command, input);
      return { confirmed: this.confirms };
    };
    const session = { run, runOnce } as unknown as IpmiSession;
    return ipmiClient(session, this.cache);
  }

  /** Runs an operation against this controller, by its first way that serves. */
  run(
    operation: Operation,
    parameters: Readonly<Record<string, unknown>> = {},
    beforeAct: Parameters<Way['run']>[2] = () => Promise.resolve(),
  ): Promise<StepResult> {
    const given = operation.parameters.parse(parameters);
    return wayOf(operation, given).run(this.#request(), given, beforeAct);
  }

  /** Runs it, and keeps its intent among the calls: `intend off`. */
  runRecorded(operation: Operation, parameters: Readonly<Record<string, unknown>> = {}): Promise<StepResult> {
    return this.run(operation, parameters, (before = '') => {
      this.calls.push(`intend ${before}`.trimEnd());
      return Promise.resolve();
    });
  }

  now(operation: Operation, parameters: Readonly<Record<string, unknown>> = {}): Promise<string> | undefined {
    return wayOf(operation, parameters).now?.(this.#request(), parameters);
  }

  #request(): WayRequest {
    const use = (_: unknown, __: unknown, ___: unknown, act: (client: IpmiClient) => unknown): unknown =>
      act(this.client);
    const secret = (): Promise<Secret> => Promise.resolve(new Secret(this.storedPassword));
    const sessions = { use, secret } as unknown as WayRequest['sessions'];
    const signal = new AbortController().signal;
    return { sessions, computer: fakeComputer('lab-01', ['ipmi']), signal, log: silentLog };
  }
}

/** The first way by IPMI that serves the parameters. */
function wayOf({ id, ways }: Operation, parameters: Readonly<Record<string, unknown>>): Way {
  const way = ways.find((one) => one.technology === 'ipmi' && one.serves(parameters));
  if (!way) throw new Error(`IPMI does not do ${id} so`);
  return way;
}
