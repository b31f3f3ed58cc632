import { printable } from '../../../base/printable';
import { type ErrorCode, errorCodes } from '../../../base/errorCodes';
import type { RunRecord } from '../../ledger';
import { casesOf, caseTitle, type RunCase, verdictOf } from '../runCases';
import type { RunFormat } from '../runFormat';
import { stepLines } from '../stepLines';

/** SARIF 2.1.0: what failed, and what may have happened, as findings at the steps of the job’s file. The codes of errors are the rules. */
export const sarif: RunFormat = {
  name: 'sarif',
  title: 'SARIF',
  extension: 'sarif',
  format(document) {
    const { record } = document;
    const failed = casesOf(document).filter((one) => verdictOf(one) === 'failed');
    const codes = [...new Set(failed.map(codeOf))];
    const lines = record.job ? stepLines(record.job) : new Map<string, number>();
    const run = {
      tool: { driver: { name: 'Sideband', rules: codes.map(toRule) } },
      automationDetails: { id: `${record.subject}/${record.id}` },
      invocations: [
        {
          executionSuccessful: record.state === 'finished' && failed.length === 0,
          startTimeUtc: record.startedAt,
          ...(record.endedAt !== undefined && { endTimeUtc: record.endedAt }),
        },
      ],
      results: failed.map((one) => ({
        ruleId: codeOf(one),
        ruleIndex: codes.indexOf(codeOf(one)),
        level: 'error',
        message: { text: messageOf(one, record) },
        ...locationOf(one, record, lines),
        partialFingerprints: { 'computerAndStep/v1': fingerprintOf(one, record) },
      })),
    };
    const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
    return `${JSON.stringify(log, undefined, 2)}\n`;
  },
};

function codeOf({ error }: RunCase): ErrorCode {
  return error?.code ?? 'run.interrupted';
}

function toRule(code: ErrorCode): object {
  return { id: code, help: { text: errorCodes[code] } };
}

/** Brackets and backslashes are escaped: SARIF 2.1.0 section 3.11.6 has links in messages. */
function messageOf(one: RunCase, record: RunRecord): string {
  const why = one.error?.message ?? one.note;
  const text = `${one.computer}, ${caseTitle(one, record)}: ${one.outcome}${why === undefined ? '' : `: ${why}`}`;
  return printable(text).replace(/[\\[\]]/g, '\\$&');
}

/** A run of one operation comes from no file. */
function locationOf({ step }: RunCase, { job }: RunRecord, lines: ReadonlyMap<string, number>): object {
  if (!step || !job) return {};
  const region = { startLine: lines.get(step.id) ?? 1 };
  return { locations: [{ physicalLocation: { artifactLocation: { uri: toUri(job.source.file) }, region } }] };
}

/** Relative as it is; absolute files as URLs, those of Windows with their drive. */
function toUri(file: string): string {
  const [drive = ''] = /^[A-Za-z]:(?=\/)/.exec(file) ?? [];
  const path = file.slice(drive.length).split('/').map(encode).join('/');
  return path.startsWith('/') ? `file://${drive === '' ? '' : `/${drive}`}${path}` : path;
}

/** The same finding of the next run has the same. */
function fingerprintOf({ computer, step }: RunCase, { subject }: RunRecord): string {
  return [subject, computer, step?.id ?? ''].map(encode).join('/');
}

/** Half a character would make it throw. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
