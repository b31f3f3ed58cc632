import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

interface Visit {
  readonly site: string;
  readonly computer: string;
  /** Of the worker's process. */
  readonly pid: number;
}

/** The controllers of all computers behind one port, with their own counters: whoever visits them cannot make these nicer. */
export class Controllers implements AsyncDisposable {
  /** How often each was told to cycle. */
  readonly cycles = new Map<string, number>();
  /** How many of a site were visited at the same time, at most. */
  readonly most = new Map<string, number>();
  /** These say no, and do nothing. */
  readonly refusing = new Set<string>();
  /** Called when one is told to cycle, before it answers. */
  onCycle: (visit: Visit) => void = () => undefined;
  /** While it is set nobody is answered, and it is called with how many wait for that. */
  onHeld: ((held: number) => void) | undefined;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #now = new Map<string, number>();
  readonly #held = new Set<Socket>();
  readonly #answerAfterMs: number;

  private constructor(answerAfterMs: number) {
    this.#answerAfterMs = answerAfterMs;
    this.#server = createServer((socket) => {
      this.#serve(socket);
    });
  }

  static async start({ answerAfterMs = 5 } = {}): Promise<Controllers> {
    const controllers = new Controllers(answerAfterMs);
    await once(controllers.#server.listen(0, '127.0.0.1'), 'listening');
    return controllers;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get total(): number {
    return [...this.cycles.values()].reduce((sum, one) => sum + one, 0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    const closed = once(this.#server, 'close');
    this.#server.close();
    await closed;
  }

  /** Answers all that wait, and from now on again everybody. */
  release(): void {
    this.onHeld = undefined;
    for (const socket of this.#held) socket.end('done\n');
    this.#held.clear();
  }

  #serve(socket: Socket): void {
    let visit: Visit | undefined;
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#sockets.delete(socket);
      this.#held.delete(socket);
      if (visit) this.#now.set(visit.site, (this.#now.get(visit.site) ?? 0) - 1);
    });
    const lines = createInterface(socket).on('error', () => undefined);
    lines.on('line', (line) => {
      if (!visit) {
        visit = JSON.parse(line) as Visit;
        const now = (this.#now.get(visit.site) ?? 0) + 1;
        this.#now.set(visit.site, now);
        this.most.set(visit.site, Math.max(this.most.get(visit.site) ?? 0, now));
        return;
      }
      if (this.refusing.has(visit.computer)) {
        socket.end('no\n');
        return;
      }
      this.cycles.set(visit.computer, (this.cycles.get(visit.computer) ?? 0) + 1);
      this.onCycle(visit);
      if (!this.onHeld) {
        setTimeout(() => socket.end('done\n'), this.#answerAfterMs);
        return;
      }
      this.#held.add(socket);
      this.onHeld(this.#held.size);
    });
  }
}
