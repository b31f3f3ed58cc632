import type * as z from 'zod';
import { SidebandError } from '../base/errors';
import type { Asks, Danger } from '../base/frontend';
import type { Log } from '../base/log';
import type { Secret } from '../base/secret';
import type { Computer } from '../fleet/computer';
import { builtInDefinitions, type Definitions } from '../fleet/definitions';
import type { TechnologyName } from '../fleet/technologyName';
import type { ConsoleOptions, SerialConsole } from '../technologies/console';
import type { Sessions } from '../technologies/sessions';
import type { Technology } from '../technologies/technology';

/** What one computer's step came to. An error is thrown. */
export interface StepResult {
  readonly outcome: 'done' | 'already' | 'unverified';
  readonly value?: unknown;
  /** What the outcome leaves open, in words. */
  readonly note?: string;
}

/** What a way may use besides its client and parameters. */
export interface WayContext {
  readonly computer: Computer;
  readonly technology: TechnologyName;
  readonly signal: AbortSignal;
  readonly log: Log;
  /** What may be asked of a person. Absent: nobody is there. */
  readonly asks?: Asks | undefined;
  /** The password that is stored for a profile and this technology. Rejects with `auth.missing`. */
  readonly secret: (profile: string) => Promise<Secret>;
  readonly definitions: Definitions;
  /** To be awaited before anything is changed, with the state before in words; see `WaySteps.intends`. Only the first call counts. */
  readonly intend: (before?: string) => Promise<void>;
}

export interface WaySteps<Client, Parameters> {
  /** Why the technology does not do it with these parameters, whatever the computer. Asked before anything is sent. */
  readonly cannot?: (parameters: Parameters) => string | undefined;
  /** The state that the operation changes, in words, as it is now: of the parameters' choice. Used by plans. */
  readonly now?: (client: Client, context: WayContext, parameters: Parameters) => Promise<string>;
  /** Why this computer cannot do it by this technology, from what it offers. Asked before anything is done, and by plans. */
  readonly lacks?: (client: Client, parameters: Parameters, context: WayContext) => Promise<string | undefined>;
  /** `itself`: `run` reads the state first and calls `context.intend` only when it is about to change it. */
  readonly intends?: 'itself';
  run(client: Client, parameters: Parameters, context: WayContext): Promise<StepResult>;
}

/** An open console, and beside it the client of the same technology. */
export interface OpenConsole<Client> {
  readonly console: SerialConsole;
  readonly use: <Result>(act: (client: Client) => Promise<Result>) => Promise<Result>;
}

export interface ConsoleSteps<Client, Parameters> {
  options(parameters: Parameters): ConsoleOptions;
  /** As in `WaySteps`. */
  readonly intends?: 'itself';
  run(opened: OpenConsole<Client>, parameters: Parameters, context: WayContext): Promise<StepResult>;
}

/** What the engine gives a way. */
export interface WayRequest {
  readonly sessions: Sessions;
  readonly computer: Computer;
  readonly signal: AbortSignal;
  readonly log: Log;
  readonly asks?: Asks | undefined;
  /** Absent: only what is built in. */
  readonly definitions?: Definitions | undefined;
  readonly onSilence?: () => void;
}

/** How one technology does an operation. */
export interface Way {
  readonly technology: TechnologyName;
  readonly technologyTitle: string;
  /** Whether it serves these parameters. */
  serves(parameters: unknown): boolean;
  /** Why it does not, where there is more to say than that. */
  cannot?(parameters: unknown): string | undefined;
  readonly now?: (request: WayRequest, parameters: unknown) => Promise<string>;
  readonly lacks?: (request: WayRequest, parameters: unknown) => Promise<string | undefined>;
  /** `beforeAct` is awaited once the session is open and before anything is changed on the device; with the state before where the way knows it. */
  run(request: WayRequest, parameters: unknown, beforeAct: (before?: string) => Promise<void>): Promise<StepResult>;
}

/** A value that a parameter can have, where its schema cannot list them. */
export interface Choice {
  readonly value: string;
  readonly description: string;
}

/** What an earlier step of the same job came to on the same computer. */
export interface EarlierStep {
  readonly id: string;
  /** `not-begun` also when it was left out. */
  readonly outcome: 'done' | 'already' | 'unverified' | 'failed' | 'unknown' | 'skipped' | 'cancelled' | 'not-begun';
  /** The state before it changed anything; absent when it was never about to. */
  readonly before?: string;
  /** Whether a step after it had the computer restart: one that reads as off may be about to come on. */
  readonly restarted?: boolean;
}

/** What an operation that goes on from an earlier step does on one computer: with these parameters, or nothing and why. */
export type FollowUp = { readonly parameters: Readonly<Record<string, unknown>> } | { readonly nothing: string };

export interface OperationHead<Schema extends z.ZodObject> {
  readonly id: string;
  readonly title: string;
  /** One sentence, as help and hovers show it. */
  readonly description: string;
  readonly danger: Danger;
  /** A read changes nothing, so it is neither confirmed nor recorded. */
  readonly kind: 'read' | 'change';
  /** Whether it may be asked again when nobody knows if it happened, because it reads the state first. */
  readonly repeatable: boolean;
  readonly parameters: Schema;
  /** Parameters for an example in help texts. Absent: those that must be given, each with one of its values. */
  readonly example?: z.input<Schema>;
  /** The profiles whose stored passwords it uses, besides those that log in. */
  secrets?(parameters: z.output<Schema>): readonly string[];
  /** What it changes, when the fleet remembers that of each computer. */
  readonly changes?: 'power';
  /** The state it leads to, in the words of the ways' `now`. */
  then?(parameters: z.output<Schema>, definitions: Definitions): string;
  /** What may be chosen, by the parameter’s name; for editors and completion. Other values are accepted as the schema has it. */
  choices?(definitions: Definitions): Readonly<Record<string, readonly Choice[]>>;
  /** What is left out of its parameters, and has no default, stays as it is: editors list them all as unchanged. */
  readonly leavesRest?: boolean;
  /** Of use in jobs alone: by hand there is something better, so menus and completion leave it out. */
  readonly forJobs?: true;
  /** How long it may take at most, in milliseconds, when that is longer than any other operation. */
  lasts?(parameters: z.output<Schema>): number;
  /** Whether it has the computer go off and, after the operation has ended, on again; by the parameters as a job has them. */
  restarts?(given: Readonly<Record<string, unknown>>): boolean;
  /** For operations that are steps of jobs alone, because they go on from an earlier one: `step` of the parameters names it. */
  readonly followUp?: {
    step(parameters: z.output<Schema>): string;
    resolve(parameters: z.output<Schema>, earlier: EarlierStep): FollowUp;
  };
  /** What a user must know before saying yes: what can lock them out, what is lost. A line each, shown in the confirmation. */
  warnings?(parameters: z.output<Schema>): readonly string[];
}

/** Something that is done to computers. Made by `defineOperation`, listed in `operations/index.ts`. */
export interface Operation extends OperationHead<z.ZodObject> {
  /** In the order in which they are tried. */
  readonly ways: readonly Way[];
}

type Via<Parameters> = <Client extends AsyncDisposable, Options>(
  technology: Technology<Client, Options>,
  steps: WaySteps<NoInfer<Client>, Parameters>,
  serves?: (parameters: Parameters) => boolean,
) => Way;

type OverConsole<Parameters> = <Client extends AsyncDisposable, Options>(
  technology: Technology<Client, Options>,
  steps: ConsoleSteps<NoInfer<Client>, Parameters>,
) => Way;

export function defineOperation<Schema extends z.ZodObject>(
  head: OperationHead<Schema>,
  ways: (via: Via<z.output<Schema>>, overConsole: OverConsole<z.output<Schema>>) => readonly Way[],
): Operation {
  return { ...head, ways: ways(via, overConsole) };
}

function via<Client extends AsyncDisposable, Options, Parameters>(
  technology: Technology<Client, Options>,
  steps: WaySteps<NoInfer<Client>, Parameters>,
  serves: (parameters: Parameters) => boolean = () => true,
): Way {
  const { now, lacks, cannot, intends } = steps;
  const contextOf = (request: WayRequest, intend = nothingIntended): WayContext =>
    makeContext(request, technology.name, intend);
  return {
    technology: technology.name,
    technologyTitle: technology.title,
    serves: (parameters) => serves(parameters as Parameters),
    ...(cannot && { cannot: (parameters: unknown) => cannot(parameters as Parameters) }),
    ...(now && {
      now: (request: WayRequest, parameters: unknown) =>
        request.sessions.use(technology, request.computer, request, (client) =>
          now(client, contextOf(request), parameters as Parameters),
        ),
    }),
    ...(lacks && {
      lacks: (request: WayRequest, parameters: unknown) =>
        request.sessions.use(technology, request.computer, request, (client) =>
          lacks(client, parameters as Parameters, contextOf(request)),
        ),
    }),
    run: (request, given, beforeAct) =>
      request.sessions.use(technology, request.computer, request, async (client) => {
        const parameters = given as Parameters;
        const context = contextOf(request, once(beforeAct));
        const lack = await lacks?.(client, parameters, context);
        if (lack !== undefined) {
          throw new SidebandError('operation.impossible', `${request.computer.name}: ${lack}`);
        }
        if (intends !== 'itself') await context.intend();
        return steps.run(client, parameters, context);
      }),
  };
}

/** A way that works on the serial console, opened for it and closed after it. */
function overConsole<Client extends AsyncDisposable, Options, Parameters>(
  technology: Technology<Client, Options>,
  steps: ConsoleSteps<NoInfer<Client>, Parameters>,
): Way {
  return {
    technology: technology.name,
    technologyTitle: technology.title,
    serves: () => true,
    async run(request, given, beforeAct) {
      const parameters = given as Parameters;
      const { sessions, computer, signal } = request;
      const context = makeContext(request, technology.name, once(beforeAct));
      await using console = await sessions.console(technology, computer, steps.options(parameters), signal);
      if (steps.intends !== 'itself') await context.intend();
      const opened: OpenConsole<Client> = {
        console,
        use: (act) => sessions.use(technology, computer, request, act),
      };
      return await steps.run(opened, parameters, context);
    },
  };
}

const nothingIntended = (): Promise<void> => Promise.resolve();

/** The same, done by the first call only. */
function once(intend: WayContext['intend']): WayContext['intend'] {
  let intended: Promise<void> | undefined;
  return (before) => (intended ??= intend(before));
}

function makeContext(
  { sessions, ...request }: WayRequest,
  technology: TechnologyName,
  intend: WayContext['intend'],
): WayContext {
  const { computer, signal, log, asks, definitions = builtInDefinitions } = request;
  const secret = (profile: string): Promise<Secret> => sessions.secret({ technology, profile }, signal);
  return { computer, technology, signal, log, asks, secret, definitions, intend };
}
