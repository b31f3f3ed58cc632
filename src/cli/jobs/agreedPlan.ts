import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import * as z from 'zod';
import { SidebandError } from '../../base/errors';
import type { Ledger, StoredPlan } from '../../jobs/ledger';

const hashPattern = /^[0-9a-f]{12}$/;
const planDocument = z.object({
  hash: z.string().regex(hashPattern),
  job: z.string(),
  facts: z.record(z.string(), z.string()),
});

/** A plan that somebody has said yes to. */
export interface AgreedPlan {
  readonly hash: string;
  /** What it was, where that is known. */
  readonly stored?: StoredPlan;
}

/**
 * What `--plan` names: a hash, or a file that `job plan` has printed, as text, as Markdown or as JSON, which tells everywhere what has
 * moved since. Throws `usage.invalid`.
 */
export async function readAgreedPlan(word: string, ledger: Ledger, cwd: string): Promise<AgreedPlan> {
  if (hashPattern.test(word)) return withStored(word, ledger);
  const file = resolve(cwd, word);
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const message = `--plan: a hash such as 3f9a0c41d2e7 or a file is expected: ${(error as Error).message}`;
    throw new SidebandError('usage.invalid', message);
  });
  const document = planDocument.safeParse(parseJson(text));
  if (document.success) {
    const { hash, job, facts } = document.data;
    return { hash, stored: { hash, title: job, facts } };
  }
  const [, hash] = /(?:^| · )plan `?([0-9a-f]{12})`?$/m.exec(text) ?? [];
  if (hash === undefined) throw new SidebandError('usage.invalid', `--plan: ${file} holds no plan of \`job plan\``);
  return withStored(hash, ledger);
}

async function withStored(hash: string, ledger: Ledger): Promise<AgreedPlan> {
  const stored = await ledger.plan(hash);
  return { hash, ...(stored && { stored }) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
