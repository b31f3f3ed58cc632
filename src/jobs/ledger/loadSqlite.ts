import type * as Sqlite from 'node:sqlite';

/** Loads node:sqlite when it is first needed, and keeps the warning that it is young from the user. */
export function loadSqlite(): typeof Sqlite {
  const emitWarning = process.emitWarning.bind(process);
  process.emitWarning = () => undefined;
  try {
    return process.getBuiltinModule('node:sqlite');
  } finally {
    process.emitWarning = emitWarning;
  }
}
