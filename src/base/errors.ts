import { type ErrorCode, errorCodes } from './errorCodes';

/** `unknown`: it may have happened, so nothing dangerous is tried again. */
export type Effect = 'none' | 'unknown';

export interface ErrorDetails {
  /** Absent means `none`: the device was certainly not changed. */
  readonly effect?: Effect;
  /** The device's own code (completion code, status, ReturnValue), for experts. */
  readonly deviceCode?: string;
  /** Advice better than the code's general one. */
  readonly hint?: string;
  /** What was found until then; kept in the result. */
  readonly evidence?: unknown;
  readonly [key: string]: unknown;
}

/** The only error that leaves a module. Branch on `code`, never on the message. */
export class SidebandError extends Error {
  override readonly name = 'SidebandError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = details;
  }

  get hint(): string {
    return this.details.hint ?? errorCodes[this.code];
  }

  get effect(): Effect {
    return this.details.effect ?? 'none';
  }
}

/** What an error looks like in a report. Holds no stack, no cause and no secret. */
export interface ErrorReport {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string;
}

/** Turns whatever was thrown into a `SidebandError`; an abort becomes `run.cancelled`. */
export function toSidebandError(thrown: unknown): SidebandError {
  if (thrown instanceof SidebandError) return thrown;
  if (isAbort(thrown)) return new SidebandError('run.cancelled', 'cancelled', {}, thrown);
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new SidebandError('internal.bug', message, {}, thrown);
}

export function reportError(error: SidebandError): ErrorReport {
  return { code: error.code, message: error.message, hint: error.hint };
}

function isAbort(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'AbortError';
}
