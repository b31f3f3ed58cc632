/** What an expression can call: how many values it takes, and whether it asks how the job went so far, which is for `if` alone. */
export const functions = {
  succeeded: { takes: 0, isStatus: true },
  failed: { takes: 0, isStatus: true },
  always: { takes: 0, isStatus: true },
  cancelled: { takes: 0, isStatus: true },
  contains: { takes: 2, isStatus: false },
  startsWith: { takes: 2, isStatus: false },
  endsWith: { takes: 2, isStatus: false },
} as const satisfies Readonly<Record<string, { readonly takes: number; readonly isStatus: boolean }>>;

export type FunctionName = keyof typeof functions;

export function isFunction(name: string): name is FunctionName {
  return Object.hasOwn(functions, name);
}
