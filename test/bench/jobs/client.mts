// What every client is, and how one runs in a process of its own; its last line is what it measured.
import { monitorEventLoopDelay } from 'node:perf_hooks';

export interface JobsSpec {
  readonly computers: number;
  readonly stepsEach: number;
  /** Tasks or computers at once. */
  readonly concurrency: number;
  /** For files; it outlives the process. */
  readonly folder: string;
  /** Where a server listens. */
  readonly socket?: string;
  /** Whether a step waits for the one before it, where there is a choice; ours always do. */
  readonly order?: 'none' | 'steps';
  /** Ours: whether the record is on disk. */
  readonly record?: 'disk' | 'memory';
}

/** One step on one computer is a task. */
export interface JobsMeasure {
  /** How many came to a good end. */
  readonly done: number;
  readonly wallMs: number;
  /** All threads of this process. */
  readonly cpuMs: number;
  /** The most that this process ever had. */
  readonly rssMb: number;
  /** The longest turn of the event loop; all of the time when there was but one. */
  readonly turnMs: number;
  /** Others of the same process, by name. */
  readonly parts: Readonly<Record<string, number>>;
}

export type JobsClient = (spec: JobsSpec, clock: JobsClock) => Promise<{ readonly done: number }>;

/** Started by a client once all is ready. */
export class JobsClock {
  readonly #turns = monitorEventLoopDelay({ resolution: 1 });
  readonly #parts: Record<string, number> = {};
  #cpu = process.cpuUsage();
  #begunAt = performance.now();
  #taken: Omit<JobsMeasure, 'done' | 'rssMb' | 'parts'> | undefined;

  start(): void {
    this.#turns.enable();
    this.#cpu = process.cpuUsage();
    this.#begunAt = performance.now();
  }

  stop(): void {
    const wallMs = performance.now() - this.#begunAt;
    const { user, system } = process.cpuUsage(this.#cpu);
    this.#turns.disable();
    this.#taken = { wallMs, cpuMs: (user + system) / 1000, turnMs: this.#turns.max / 1e6 || wallMs };
  }

  soFarMs(): number {
    return performance.now() - this.#begunAt;
  }

  part(name: string, value: number): void {
    this.#parts[name] = value;
  }

  measure(done: number): JobsMeasure {
    if (!this.#taken) throw new Error('nothing was measured');
    return { done, ...this.#taken, rssMb: process.resourceUsage().maxRSS / 1024, parts: this.#parts };
  }
}

export async function runClient(client: JobsClient): Promise<void> {
  const spec = JSON.parse(process.env.BENCH_SPEC ?? '') as JobsSpec;
  const clock = new JobsClock();
  const { done } = await client(spec, clock);
  console.log(JSON.stringify(clock.measure(done)));
  process.exit(0);
}
