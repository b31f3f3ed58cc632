import * as vscode from 'vscode';
import { SidebandError, toSidebandError } from '../../base/errors';
import { type ExitCode, exitCodeOf, exitCodes } from '../../base/exitCodes';
import { printable } from '../../base/printable';
import type { FolderSession } from '../folderSession';
import { readTask } from './jobTask';
import { doJobTask, type TaskContext } from './jobTaskActions';

const ctrlC = '\u0003';
/** VS Code takes what fails sooner for a program that could not be started, in milliseconds. */
const startsWithinMs = 600;

/** What a task shows while it does something with a job, as `sideband job` shows it, and ends with the same exit codes. */
export class JobTerminal implements vscode.Pseudoterminal {
  readonly #workbench: TaskContext['workbench'];
  readonly #session: FolderSession | undefined;
  readonly #definition: vscode.TaskDefinition;
  readonly #didWrite = new vscode.EventEmitter<string>();
  readonly #didClose = new vscode.EventEmitter<number>();
  readonly onDidWrite = this.#didWrite.event;
  readonly onDidClose = this.#didClose.event;
  readonly #cancelled = new AbortController();
  #run: string | undefined;

  /** `session`: of the folder that the task is for. */
  constructor(
    workbench: TaskContext['workbench'],
    session: FolderSession | undefined,
    definition: vscode.TaskDefinition,
  ) {
    this.#workbench = workbench;
    this.#session = session;
    this.#definition = definition;
  }

  open(): void {
    void this.#go();
  }

  /** The task is ended, or its terminal closed: that is asked once, and a run winds down. */
  close(): void {
    this.#cancel();
  }

  /** The first Ctrl-C winds a run down, the second one stops it. */
  handleInput(text: string): void {
    for (const character of text) if (character === ctrlC) this.#cancel();
  }

  #cancel(): void {
    if (!this.#cancelled.signal.aborted) this.#cancelled.abort();
    else if (this.#run !== undefined) this.#workbench.liveRuns.cancel(this.#run);
  }

  async #go(): Promise<void> {
    const began = performance.now();
    const code = await this.#tryToDo((text) => {
      this.#didWrite.fire(text.replaceAll('\n', '\r\n'));
    });
    const waitMs = code === exitCodes.done ? 0 : startsWithinMs - (performance.now() - began);
    setTimeout(() => {
      this.#didClose.fire(code);
    }, waitMs);
  }

  async #tryToDo(write: (text: string) => void): Promise<ExitCode> {
    try {
      return await this.#do(write);
    } catch (thrown) {
      const error = toSidebandError(thrown);
      write(`sideband: ${printable(error.message)}\n`);
      if (error.code !== 'run.cancelled') write(`  ${printable(error.hint)}\n`);
      return exitCodeOf(error);
    }
  }

  #do(write: (text: string) => void): Promise<ExitCode> {
    const task = readTask(this.#definition);
    const session = this.#session;
    if (!session) throw new SidebandError('file.missing', 'the folder of this task has no .sideband/fleet.yaml');
    return doJobTask(task, {
      workbench: this.#workbench,
      session,
      terminal: { isTerminal: true, canAsk: true, out: write, err: write },
      signal: this.#cancelled.signal,
      onBegin: (id) => {
        this.#run = id;
      },
    });
  }
}
