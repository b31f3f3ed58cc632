import { findProgram } from './run.mts';

/** The program named by `CHROMIUM`, or the distribution's. */
export function findChromium(): string | undefined {
  const named = process.env.CHROMIUM;
  if (named !== undefined && named !== '') return named;
  return findProgram('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable');
}
