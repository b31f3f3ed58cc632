/** One end of a channel between a page and the extension. */
export interface Port {
  post(message: unknown): void;
  listen(listener: (message: unknown) => void): void;
}

/** The methods of the other side, as calls that answer later. */
export type Remote<Side> = {
  readonly [Method in keyof Side]: Side[Method] extends (...args: infer Args) => infer Result
    ? (...args: Args) => Promise<Awaited<Result>>
    : never;
};

interface Call {
  readonly call: number;
  readonly method: string;
  readonly args: readonly unknown[];
}

interface Answer {
  readonly answer: number;
  readonly value?: unknown;
  readonly error?: string;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** Answers the other side's calls with `own`, and gives its methods. What throws there rejects here. */
export function connect<Other>(port: Port, own: object): Remote<Other> {
  const waiting = new Map<number, Waiting>();
  let calls = 0;

  port.listen((message) => {
    if (isCall(message)) void answer(message);
    else if (isAnswer(message)) settle(message);
  });

  async function answer({ call, method, args }: Call): Promise<void> {
    try {
      const act: unknown = Object.hasOwn(own, method) ? (own as Record<string, unknown>)[method] : undefined;
      if (typeof act !== 'function') throw new Error(`no method "${method}"`);
      port.post({ answer: call, value: await (act as (...args: readonly unknown[]) => unknown)(...args) });
    } catch (error) {
      port.post({ answer: call, error: error instanceof Error ? error.message : String(error) });
    }
  }

  function settle({ answer: call, value, error }: Answer): void {
    const one = waiting.get(call);
    waiting.delete(call);
    if (error === undefined) one?.resolve(value);
    else one?.reject(new Error(error));
  }

  return new Proxy({} as Remote<Other>, {
    get:
      (_, method) =>
      (...args: readonly unknown[]) =>
        new Promise((resolve, reject) => {
          const call = calls++;
          waiting.set(call, { resolve, reject });
          port.post({ call, method, args });
        }),
  });
}

function isCall(message: unknown): message is Call {
  return typeof message === 'object' && message !== null && 'call' in message && 'method' in message;
}

function isAnswer(message: unknown): message is Answer {
  return typeof message === 'object' && message !== null && 'answer' in message;
}
