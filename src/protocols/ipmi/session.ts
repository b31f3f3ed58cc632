import { ByteReader } from '../../base/bytes';
import { type ErrorDetails, SidebandError, toSidebandError } from '../../base/errors';
import { sleep } from '../../base/sleep';
import type { IpmiCommand } from './command';
import { closeSession } from './commands/closeSession';
import { setSessionPrivilegeLevel } from './commands/setSessionPrivilegeLevel';
import { completionError, isBusy } from './completionCodes';
import { type Evidence, judge, type Verdict } from './evidence';
import { Exchange } from './exchange';
import { type Login, logIn, type OpenedSession } from './login';
import { decodeResponse, encodeRequest, type IpmiResponse } from './message';
import { openPacket, sealPacket } from './packet';
import { payloadTypes } from './payloadTypes';
import { nextSequence, SequenceWindow } from './sequenceWindow';

const busyWaitsMs = [200, 500, 1000];
/** A controller may take its time over an act. */
const actWaitMs = 1500;
const actTransmissions = 6;
const closeTransmissions = 6;

export interface SessionHooks {
  send(datagram: Uint8Array): void;
  /** Called once, when the first message of all goes unanswered. */
  onSilence(): void;
  /** Each message in words. */
  trace(line: () => string): void;
}

/** Reads whether an act has happened, from the state of the machine. */
export type StateProof = (session: IpmiSession, signal: AbortSignal) => Promise<Evidence['state']>;

/** An RMCP+ session: one command at a time, IPMI v2.0 section 13. Feed it what the controller sends, and close it. */
export class IpmiSession {
  readonly #exchange: Exchange;
  readonly #login: Login;
  readonly #trace: SessionHooks['trace'];
  readonly #window = new SequenceWindow();
  #opened: OpenedSession | undefined;
  #sequence = 0;
  #requestSequence = 0;
  #raised = false;
  /** Whether the controller's sequence numbers were seen to rise by one. */
  #steady = false;
  #transmissions = 0;
  #pendingAct: { readonly sequence: number; response?: IpmiResponse } | undefined;

  constructor(hooks: SessionHooks, login: Login) {
    this.#exchange = new Exchange(hooks);
    this.#login = login;
    this.#trace = hooks.trace;
  }

  /** Whether the controller ever answered. */
  get heard(): boolean {
    return this.#exchange.heard;
  }

  receive(datagram: Uint8Array): void {
    this.#exchange.receive(datagram);
  }

  /** Logs in. After a failure close the session all the same: the controller may have opened it. */
  async open(signal: AbortSignal): Promise<void> {
    this.#trace(() => `logging in with cipher suite ${this.#login.suite.id}`);
    await logIn(this.#exchange, this.#login, signal, (opened) => {
      this.#opened = opened;
    });
    this.#trace(() => 'logged in');
  }

  /** Runs a command that may be repeated. Rejects with the completion code's error, `connect.lost`, or the signal's reason. */
  async run<Input, Output>(command: IpmiCommand<Input, Output>, input: Input, signal: AbortSignal): Promise<Output> {
    if (command.privilege) await this.raisePrivilege(signal);
    for (let attempt = 0; ; attempt++) {
      const response = await this.#ask(command, input, signal);
      const busyWaitMs = isBusy(response.completionCode) ? busyWaitsMs[attempt] : undefined;
      if (busyWaitMs === undefined) return this.#result(command, response);
      await sleep(busyWaitMs, signal);
    }
  }

  /**
   * Runs a command that must not happen twice. It is sent again, as the same datagram, only when it is known not to have
   * happened. Resolves with whether the controller confirmed it; rejects with the effect `unknown` when nobody knows.
   */
  async act<Input>(
    command: IpmiCommand<Input, void>,
    input: Input,
    proof: StateProof,
    signal: AbortSignal,
  ): Promise<{ readonly confirmed: boolean }> {
    if (command.privilege) await this.raisePrivilege(signal);
    let act = this.#sealAct(command, input);
    for (let transmission = 0, busy = 0; transmission < actTransmissions; transmission++) {
      const verdict = await this.#transmitAct(command, act, proof, signal);
      if (verdict === 'not-happened') continue;
      if (verdict === 'happened') return { confirmed: true };
      if (verdict === 'answered') return { confirmed: false };
      if (verdict === 'unclear') throw mayHaveHappened(command.name);
      const busyWaitMs = isBusy(verdict.completionCode) ? busyWaitsMs[busy++] : undefined;
      if (busyWaitMs === undefined) {
        this.#result(command, verdict);
        return { confirmed: true };
      }
      await sleep(busyWaitMs, signal);
      act = this.#sealAct(command, input);
    }
    throw new SidebandError('connect.lost', `${command.name} never reached the controller`);
  }

  /** Closes the session within about two seconds. Never rejects; a controller that cannot be reached drops it after a minute. */
  async close(): Promise<void> {
    const opened = this.#opened;
    if (!opened) return;
    const { waitMs } = this.#exchange;
    const waitsMs = Array.from({ length: closeTransmissions }, (_, index) => (index < 2 ? waitMs : 2 * waitMs));
    try {
      await this.#ask(closeSession, opened.bmcSessionId, new AbortController().signal, { waitsMs });
    } catch (thrown) {
      this.#trace(() => `Close Session: ${toSidebandError(thrown).message}`);
    }
    this.#opened = undefined;
  }

  /** Raises the session from user level, with which it begins, to the privilege of the login. */
  async raisePrivilege(signal: AbortSignal): Promise<void> {
    if (this.#raised || this.#login.privilege === 'user') return;
    const wanted = this.#login.privilege;
    const response = await this.#ask(setSessionPrivilegeLevel, wanted, signal);
    if (response.completionCode >= 0x80 && response.completionCode <= 0x82) {
      const message = `the user does not get the privilege level ${wanted}`;
      throw new SidebandError('access.privilege', message, { deviceCode: `${response.completionCode.toString(16)}h` });
    }
    this.#result(setSessionPrivilegeLevel, response);
    this.#raised = true;
  }

  #ask<Input>(
    command: IpmiCommand<Input, unknown>,
    input: Input,
    signal: AbortSignal,
    { waitsMs }: { readonly waitsMs?: readonly number[] } = {},
  ): Promise<IpmiResponse> {
    const sequence = this.#nextRequestSequence();
    const message = encodeRequest({ ...command, sequence, data: command.encode(input) });
    this.#trace(() => `> ${command.name}`);
    return this.#exchange.ask(
      {
        name: command.name,
        ...(waitsMs && { waitsMs }),
        datagram: () => {
          this.#transmissions++;
          return this.#seal(message);
        },
        accept: (datagram) => this.#accept(datagram, command, sequence),
      },
      signal,
    );
  }

  #sealAct<Input>(command: IpmiCommand<Input, void>, input: Input): Act {
    const sequence = this.#nextRequestSequence();
    const message = encodeRequest({ ...command, sequence, data: command.encode(input) });
    return { sequence, datagram: this.#seal(message) };
  }

  /** One transmission: its answer, or what became of it without one. */
  async #transmitAct(
    command: IpmiCommand<never, void>,
    act: Act,
    proof: StateProof,
    signal: AbortSignal,
  ): Promise<IpmiResponse | Verdict> {
    const pending: { readonly sequence: number; response?: IpmiResponse } = { sequence: act.sequence };
    this.#pendingAct = pending;
    try {
      this.#trace(() => `> ${command.name}`);
      const accept = (datagram: Uint8Array): IpmiResponse | undefined => this.#accept(datagram, command, act.sequence);
      const waitsMs = [actWaitMs];
      return await this.#exchange.ask({ name: command.name, waitsMs, datagram: () => act.datagram, accept }, signal);
    } catch (thrown) {
      const error = toSidebandError(thrown);
      if (signal.aborted) throw mayHaveHappened(command.name, error);
      if (error.code !== 'connect.lost') throw error;
    }
    try {
      this.#trace(() => `no answer to ${command.name}: finding out whether it happened`);
      const { highest } = this.#window;
      const sentBefore = this.#transmissions;
      const state = await proof(this, signal);
      if (pending.response) return pending.response;
      const queries = this.#transmissions - sentBefore;
      return judge({ state, before: highest, after: this.#window.highest, steady: this.#steady, queries });
    } catch (thrown) {
      throw mayHaveHappened(command.name, toSidebandError(thrown));
    } finally {
      this.#pendingAct = undefined;
    }
  }

  #accept(datagram: Uint8Array, command: IpmiCommand<never, unknown>, sequence: number): IpmiResponse | undefined {
    const opened = this.#opened;
    const packet = opened && openPacket(datagram, opened.consoleSessionId, opened.keys);
    if (!packet) return undefined;
    if (opened.keys.suite.integrity.hash) {
      const before = this.#window.highest;
      if (!this.#window.accept(packet.sequence)) return undefined;
      if (packet.sequence === before + 1) this.#steady = true;
    }
    if (packet.payloadType !== payloadTypes.ipmi) return undefined;
    const response = decodeResponse(packet.payload);
    if (this.#pendingAct?.sequence === response.sequence) this.#pendingAct.response = response;
    const isAnswer =
      response.sequence === sequence && response.command === command.command && response.netFn === command.netFn;
    return isAnswer ? response : undefined;
  }

  #result<Output>(command: IpmiCommand<never, Output>, { completionCode, data }: IpmiResponse): Output {
    this.#trace(() => `< ${command.name}: ${completionCode === 0 ? 'completed' : `completion code ${completionCode.toString(16)}h`}`);
    if (completionCode !== 0) throw completionError(command.name, completionCode);
    return command.decode(new ByteReader(data));
  }

  #seal(message: Uint8Array): Uint8Array {
    const opened = this.#opened;
    if (!opened) throw new SidebandError('internal.bug', 'no session is open');
    this.#sequence = nextSequence(this.#sequence);
    const { bmcSessionId, keys } = opened;
    const packet = { sessionId: bmcSessionId, sequence: this.#sequence, payloadType: payloadTypes.ipmi, payload: message };
    return sealPacket(packet, keys, this.#login.random(16));
  }

  #nextRequestSequence(): number {
    this.#requestSequence = (this.#requestSequence + 1) & 0x3f;
    return this.#requestSequence;
  }
}

interface Act {
  readonly sequence: number;
  readonly datagram: Uint8Array;
}

function mayHaveHappened(name: string, cause?: SidebandError): SidebandError {
  const details: ErrorDetails = { effect: 'unknown' };
  const why = cause ? `: ${cause.message}` : '';
  return new SidebandError(cause?.code ?? 'connect.lost', `no answer to ${name}; it may have happened${why}`, details, cause);
}
