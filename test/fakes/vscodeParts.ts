/** Values of the vscode API that hold what they are given. */
export class CodeLens {
  readonly range: unknown;
  readonly command: unknown;
  constructor(range: unknown, command: unknown) {
    this.range = range;
    this.command = command;
  }
}

export class CompletionItem {
  readonly label: string;
  readonly kind: number;
  insertText?: string;
  range?: unknown;
  documentation?: string;
  constructor(label: string, kind: number) {
    this.label = label;
    this.kind = kind;
  }
}
export const CompletionItemKind = { Property: 9, Value: 11 };

export class Hover {
  readonly contents: string;
  constructor(contents: string) {
    this.contents = contents;
  }
}

export class CustomExecution {
  readonly callback: (definition: unknown) => Promise<unknown>;
  constructor(callback: (definition: unknown) => Promise<unknown>) {
    this.callback = callback;
  }
}

export const TaskScope = { Global: 1, Workspace: 2 };

export class Task {
  readonly definition: Readonly<Record<string, unknown>>;
  readonly scope: unknown;
  readonly name: string;
  readonly source: string;
  readonly execution: CustomExecution;
  readonly problemMatchers: unknown;
  detail?: string;
  constructor(
    definition: Readonly<Record<string, unknown>>,
    scope: unknown,
    name: string,
    source: string,
    execution: CustomExecution,
    problemMatchers: unknown,
  ) {
    this.definition = definition;
    this.scope = scope;
    this.name = name;
    this.source = source;
    this.execution = execution;
    this.problemMatchers = problemMatchers;
  }
}
