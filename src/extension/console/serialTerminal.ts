import * as vscode from 'vscode';
import type { App } from '../../app/app';
import { openConsole, type SerialConsole } from '../../app/console';
import { type ConsoleRecording, recordConsole, type RecordingOptions } from '../../app/consoleRecording';
import { toSidebandError } from '../../base/errors';
import type { Computer } from '../../fleet/computer';
import { sentence } from '../advice';

const { t } = vscode.l10n;

/** What the terminal waits for. `connected`: keys go to the computer. */
type State = 'connecting' | 'connected' | 'taken' | 'ended' | 'closed';

/** A terminal on the serial port of a computer. When the console ends it says why, and a key opens it again. */
export class SerialTerminal implements vscode.Pseudoterminal {
  readonly computer: Computer;
  readonly #app: App;
  readonly #didWrite = new vscode.EventEmitter<string>();
  readonly #didClose = new vscode.EventEmitter<void>();
  readonly onDidWrite = this.#didWrite.event;
  readonly onDidClose = this.#didClose.event;
  readonly #closed = new AbortController();
  #state: State = 'connecting';
  #console: SerialConsole | undefined;
  #recording: ConsoleRecording | undefined;

  constructor(app: App, computer: Computer) {
    this.#app = app;
    this.computer = computer;
  }

  open(): void {
    void this.#connect(false);
  }

  close(): void {
    this.#state = 'closed';
    this.#closed.abort();
    void this.#console?.[Symbol.asyncDispose]();
    void this.stopRecording();
  }

  handleInput(text: string): void {
    switch (this.#state) {
      case 'connected':
        this.#write(text);
        break;
      case 'taken':
        if (/^t/i.test(text)) void this.#connect(true);
        else if (text === '\r') void this.#connect(false);
        break;
      case 'ended':
        if (text === '\r') void this.#connect(false);
        break;
      case 'connecting':
      case 'closed':
        break;
    }
  }

  async sendBreak(): Promise<void> {
    try {
      await this.#console?.sendBreak(this.#closed.signal);
      if (this.#state === 'connected') this.#say(t('break sent'));
    } catch (thrown) {
      this.#say(toSidebandError(thrown).message);
    }
  }

  get isRecording(): boolean {
    return this.#recording !== undefined;
  }

  /** Writes what the computer says to a file from now on; goes on when the console is opened again. */
  async record(file: string, options: RecordingOptions): Promise<void> {
    try {
      this.#recording = await recordConsole(file, options);
      this.#say(t('recording to {0}', file));
    } catch (thrown) {
      this.#say(toSidebandError(thrown).message);
    }
  }

  async stopRecording(): Promise<void> {
    const recording = this.#recording;
    if (!recording) return;
    this.#recording = undefined;
    await recording[Symbol.asyncDispose]();
    this.#say(t('the recording has ended'));
  }

  async #connect(takeOver: boolean): Promise<void> {
    const { signal } = this.#closed;
    this.#state = 'connecting';
    this.#say(t('connecting to the serial port of {0} …', this.computer.name));
    try {
      const serial = await openConsole(this.#app.sessions, this.computer, { takeOver }, signal);
      this.#console = serial;
      this.#state = 'connected';
      this.#say(t('connected'));
      const notices = serial.onDidNotice((notice) => {
        this.#say(notice);
      });
      await this.#receive(serial);
      notices.dispose();
      const { by, reason } = await serial.ended;
      if (by !== 'us') this.#end('ended', reason);
    } catch (thrown) {
      const error = toSidebandError(thrown);
      if (error.code === 'console.taken') this.#end('taken', error.message);
      else this.#end('ended', sentence(error));
    } finally {
      await this.#console?.[Symbol.asyncDispose]();
      this.#console = undefined;
    }
  }

  async #receive(serial: SerialConsole): Promise<void> {
    const decoder = new TextDecoder();
    for (;;) {
      const characters = await serial.read(this.#closed.signal);
      if (!characters) return;
      this.#didWrite.fire(decoder.decode(characters, { stream: true }));
      await this.#keep(characters);
    }
  }

  /** A disk that is full ends the recording, not the console. */
  async #keep(characters: Uint8Array): Promise<void> {
    try {
      await this.#recording?.write(characters);
    } catch (thrown) {
      this.#recording = undefined;
      this.#say(t('the recording has ended: {0}', toSidebandError(thrown).message));
    }
  }

  #write(text: string): void {
    this.#console?.write(new TextEncoder().encode(text), this.#closed.signal).catch((thrown: unknown) => {
      if (this.#state === 'connected') this.#say(toSidebandError(thrown).message);
    });
  }

  #end(state: 'taken' | 'ended', reason: string): void {
    if (this.#closed.signal.aborted) return;
    this.#state = state;
    this.#say(reason);
    this.#say(state === 'taken' ? t('T takes it over, Enter tries again without.') : t('Enter opens it again.'));
  }

  /** A line of ours between the computer's. */
  #say(text: string): void {
    if (this.#state !== 'closed') this.#didWrite.fire(`\r\n\u001b[2m[${text}]\u001b[22m\r\n`);
  }
}
