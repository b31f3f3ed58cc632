import type { Frontend, Progress, Question } from '../../src/base/frontend';
import { silentLog } from '../../src/base/log';

export interface TestFrontend extends Frontend {
  /** Every question that was asked. */
  readonly asked: readonly Question[];
  readonly progressed: readonly Progress[];
}

/** Answers every question the same way and remembers it. */
export function testFrontend({ confirm = true }: { readonly confirm?: boolean } = {}): TestFrontend {
  const asked: Question[] = [];
  const progressed: Progress[] = [];
  return {
    log: silentLog,
    asked,
    progressed,
    confirm: (question) => {
      asked.push(question);
      return Promise.resolve(confirm);
    },
    progress: (progress) => void progressed.push(progress),
  };
}
