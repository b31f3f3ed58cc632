import { SidebandError } from '../base/errors';

/** Classes and codes of PostgreSQL's appendix A that say nothing about the statement: it may succeed in a moment. */
const passing = /^(08...|57P0[123]|53300|40001|40P01|25P03)$/;
const passingErrno = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH']);

/** Whether the database is away for a moment, or somebody else was first. */
export function isPassing(thrown: unknown): boolean {
  const { code, message } = firstOf(thrown);
  if (code !== undefined) return passing.test(code) || passingErrno.has(code);
  // The driver's own errors have no code.
  return /^Connection terminated|timeout (expired|exceeded)|^Client has encountered a connection error/.test(message);
}

/** insufficient_privilege */
const forbidden = '42501';
const forbiddenHint =
  'The first to use the database makes schemas in it, and needs the right to; the others work as the same user.';
const hint = 'Check that PostgreSQL runs there, and the user, the password and the name of the database.';
/** What the driver says when the server asks for a password and there is none. */
const noPassword = 'client password must be a string';

/** The error that leaves the ledger. It names the database, and never a password: the server and the driver repeat none. */
export function unavailable(where: string, thrown: unknown): SidebandError {
  if (thrown instanceof SidebandError) return thrown;
  const { code, message } = firstOf(thrown);
  const why = message.includes(noPassword) ? 'it asks for a password: set PGPASSWORD' : message;
  return new SidebandError('ledger.unavailable', `the ledger ${where} cannot be used: ${why}`, {
    hint: code === forbidden ? forbiddenHint : hint,
  });
}

/** Of several addresses, what the first one said. */
function firstOf(thrown: unknown): { readonly code?: string; readonly message: string } {
  const error = thrown instanceof AggregateError ? (thrown.errors[0] as unknown) : thrown;
  if (!(error instanceof Error)) return { message: String(error) };
  const { code } = error as { readonly code?: unknown };
  return { message: error.message, ...(typeof code === 'string' && { code }) };
}
