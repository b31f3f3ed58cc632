import { toSidebandError } from '../../base/errors';
import { parseCronFields } from './cronFields';

/** What is wrong with a schedule’s text, for a problem at its place; nothing when it can be used. */
export function cronMistake(text: string): string | undefined {
  try {
    parseCronFields(text);
    return undefined;
  } catch (thrown) {
    return toSidebandError(thrown).message;
  }
}
