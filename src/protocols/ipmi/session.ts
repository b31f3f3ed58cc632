import { ByteReader } from '../../base/bytes';
import type { Disposable } from '../../base/disposables';
import { SidebandError, toSidebandError } from '../../base/errors';
import { sleep } from '../../base/sleep';
import { Turns } from '../../base/turns';
import { type Act, runOnce } from './act';
import { type Answer, Channel } from './channel';
import type { CipherSuite } from './cipherSuites';
import type { IpmiCommand } from './command';
import { closeSession } from './commands/closeSession';
import { getDeviceId } from './commands/getDeviceId';
import { setSessionPrivilegeLevel } from './commands/setSessionPrivilegeLevel';
import { busyWaitsMs, completionError, isBusy, leavesOpen } from './completionCodes';
import { Exchange, type ExchangeHooks } from './exchange';
import { logIn, type OpenedSession } from './login';
import type { Login } from './openSession';
import { payloadTypeOf } from './packet';

/** After the first: a controller that has closed the session answers no more, so little is won by waiting. */
const insufficientPrivilege = 0xd4;
const furtherCloseWaitsMs = [50, 50, 50, 50, 150];

/** One for all sessions: to make an error costs more than to send a datagram. */
const closed = new SidebandError('run.cancelled', 'the session is closed');

/** An RMCP+ session: one command at a time, IPMI v2.0 section 13. Feed it what the controller sends, and close it. */
export class IpmiSession {
  readonly #hooks: ExchangeHooks;
  #exchange: Exchange;
  readonly #login: Login;
  readonly #trace: ExchangeHooks['trace'];
  readonly #turns = new Turns();
  #channel: Channel | undefined;
  #isRaised = false;
  #isClosing = false;
  #payloads: { readonly type: number; handle(payload: Uint8Array): void } | undefined;

  constructor(hooks: ExchangeHooks, login: Login) {
    this.#hooks = hooks;
    this.#exchange = new Exchange(hooks);
    this.#login = login;
    this.#trace = hooks.trace;
  }

  /** Whether the controller ever answered. */
  get heard(): boolean {
    return this.#exchange.heard;
  }

  /** How many datagrams were not the answer to what was asked: late, doubled, broken or forged. */
  get dropped(): number {
    return this.#exchange.dropped;
  }

  /** The id that the controller gave to this session; nothing when none is open. */
  get id(): number | undefined {
    return this.#channel?.opened.bmcSessionId;
  }

  receive(datagram: Uint8Array): void {
    if (this.#payloads && payloadTypeOf(datagram) === this.#payloads.type) this.#receivePayload(datagram);
    else this.#exchange.receive(datagram);
  }

  /** From here payloads of this type go to the handler, beside the answers to commands. One type at a time. */
  handlePayloads(type: number, handle: (payload: Uint8Array) => void): Disposable {
    const payloads = { type, handle };
    this.#payloads = payloads;
    return {
      dispose: () => {
        if (this.#payloads === payloads) this.#payloads = undefined;
      },
    };
  }

  /** Sends a payload that is no command, once. Does nothing when no session is open. */
  sendPayload(type: number, payload: Uint8Array): void {
    if (this.#channel) this.#exchange.sendAside(this.#channel.sealPayload(type, payload));
  }

  /** Logs in and gives the suite that the controller took. After a failure close the session all the same: it may be open. */
  async open(signal: AbortSignal): Promise<CipherSuite> {
    const probe = {
      onHalfOpen: (opened: OpenedSession | undefined): void => {
        this.#channel = opened && new Channel(opened, this.#login.random);
      },
      probe: () => this.#openChannel.seal(this.#openChannel.request(getDeviceId, undefined)),
      acceptsProbe: (datagram: Uint8Array) => this.#channel?.opens(datagram) ?? false,
    };
    const suite = await logIn(this.#exchange, this.#login, probe, signal);
    this.#trace(() => `logged in with cipher suite ${suite.id}`);
    return suite;
  }

  /** Ends what is under way with this error; nothing more can be asked. */
  abandon(error: SidebandError): void {
    this.#exchange.end(error);
  }

  /** Runs a command that may be repeated. Rejects with the completion code's error, `connect.lost`, or the signal's reason. */
  run<Input, Output>(command: IpmiCommand<Input, Output>, input: Input, signal: AbortSignal): Promise<Output> {
    return this.#inTurn(signal, () => this.#read(command, input, signal));
  }

  /** Runs a command that must not happen twice: see `runOnce`. */
  runOnce<Input>(act: Act<Input>, signal: AbortSignal): Promise<{ readonly confirmed: boolean }> {
    return this.#inTurn(signal, () => {
      const hooks = {
        channel: this.#openChannel,
        exchange: this.#exchange,
        read: this.#read,
        raise: () => this.#raise(signal),
        onLowered: () => {
          this.#isRaised = false;
        },
        trace: this.#trace,
      };
      return runOnce(act, hooks, signal);
    });
  }

  /** Raises the session from user level, with which it begins, to the privilege of the login. */
  async raisePrivilege(signal: AbortSignal): Promise<void> {
    await this.#inTurn(signal, () => this.#raise(signal));
  }

  /**
   * Ends what is under way and closes the session within about three quarters of a second. Never rejects; a controller that cannot be
   * reached drops the session after a minute.
   */
  async close(): Promise<void> {
    this.#isClosing = true;
    const { waitMs, dropped } = this.#exchange;
    this.abandon(closed);
    const channel = this.#channel;
    if (!channel) return;
    this.#channel = undefined;
    this.#exchange = new Exchange({ ...this.#hooks, onSilence: () => undefined });
    try {
      const request = channel.request(closeSession, channel.opened.bmcSessionId);
      await channel.ask(this.#exchange, request, undefined, [waitMs, ...furtherCloseWaitsMs]);
      this.#trace(() => `session closed; ${dropped} datagrams were dropped`);
    } catch (thrown) {
      this.#trace(() => `the session may be open until the controller drops it: ${toSidebandError(thrown).message}`);
    }
  }

  #receivePayload(datagram: Uint8Array): void {
    const payloads = this.#payloads;
    if (!payloads) return;
    try {
      const payload = this.#channel?.openPayload(datagram, payloads.type);
      if (payload) payloads.handle(payload);
    } catch (thrown) {
      const error = toSidebandError(thrown);
      if (!error.code.startsWith('protocol.')) throw error;
      this.#trace(() => `dropped: ${error.message}`);
    }
  }

  readonly #read = async <Input, Output>(
    command: IpmiCommand<Input, Output>,
    input: Input,
    signal: AbortSignal,
  ): Promise<Output> => {
    if (command.privilege) await this.#raise(signal);
    for (let attempt = 0; ; attempt++) {
      const channel = this.#openChannel;
      const answer = await channel.ask(this.#exchange, channel.request(command, input), signal);
      const { completionCode } = answer;
      // Some controllers want more for a command than the standard does.
      if (completionCode === insufficientPrivilege && !this.#isRaised && (await this.#raise(signal))) continue;
      const mayAskAgain = isBusy(completionCode) || leavesOpen(completionCode);
      const busyWaitMs = mayAskAgain ? busyWaitsMs[attempt] : undefined;
      if (busyWaitMs === undefined) return this.#result(command, answer);
      await sleep(busyWaitMs, signal);
    }
  };

  /** Gives whether the session is above user level. */
  async #raise(signal: AbortSignal): Promise<boolean> {
    const { privilege } = this.#login;
    if (privilege === 'user' || privilege === 'callback') return false;
    if (this.#isRaised) return true;
    const channel = this.#openChannel;
    const answer = await channel.ask(this.#exchange, channel.request(setSessionPrivilegeLevel, privilege), signal);
    if (answer.completionCode >= 0x80 && answer.completionCode <= 0x82) {
      const message = `the user does not get the privilege level ${privilege}`;
      throw new SidebandError('access.privilege', message, { deviceCode: `${answer.completionCode.toString(16)}h` });
    }
    this.#result({ ...setSessionPrivilegeLevel, decode: () => undefined }, answer);
    this.#isRaised = true;
    return true;
  }

  #result<Output>(command: IpmiCommand<never, Output>, { completionCode, data }: Answer): Output {
    if (completionCode !== 0) throw completionError(command.name, completionCode);
    return command.decode(new ByteReader(data));
  }

  get #openChannel(): Channel {
    if (this.#channel) return this.#channel;
    if (this.#isClosing) throw closed;
    throw new SidebandError('internal.bug', 'no session is open');
  }

  async #inTurn<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    await this.#turns.enter(signal);
    try {
      return await work();
    } finally {
      this.#turns.leave();
    }
  }
}
