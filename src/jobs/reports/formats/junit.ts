import { escapeXml } from '../../../base/xml/escapeXml';
import { printable } from '../../../base/printable';
import type { RunRecord } from '../../ledger';
import { casesOf, caseTitle, reasonOf, type RunCase, runDurationMs, type Verdict, verdictOf } from '../runCases';
import type { RunFormat } from '../runFormat';

/** As JUnit's Ant task writes it and CI systems read it: one suite, a case for each computer and step. Times are in seconds. */
export const junit: RunFormat = {
  name: 'junit',
  title: 'JUnit',
  extension: 'xml',
  format(document) {
    const { record } = document;
    const cases = casesOf(document);
    const count = (verdict: Verdict): number => cases.filter((one) => verdictOf(one) === verdict).length;
    const totals = {
      name: record.title,
      tests: cases.length,
      failures: count('failed'),
      errors: 0,
    };
    const time = seconds(runDurationMs(record));
    const suite = { ...totals, skipped: count('skipped'), time, timestamp: record.startedAt.slice(0, 19) };
    const lines = [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<testsuites${attributes({ ...totals, time })}>`,
      `  <testsuite${attributes(suite)}>`,
      ...cases.map((one) => formatCase(one, record)),
      '  </testsuite>',
      '</testsuites>',
    ];
    return `${lines.join('\n')}\n`;
  },
};

function formatCase(one: RunCase, record: RunRecord): string {
  const name = caseTitle(one, record);
  const head = `    <testcase${attributes({ name, classname: one.computer, time: seconds(one.durationMs) })}`;
  const content = contentOf(one);
  return content === '' ? `${head}/>` : `${head}>\n      ${content}\n    </testcase>`;
}

function contentOf(one: RunCase): string {
  const reason = reasonOf(one);
  switch (verdictOf(one)) {
    case 'failed': {
      const { code = one.outcome, hint = '' } = one.error ?? {};
      const text = [`${one.outcome}: ${reason}`, hint].filter(Boolean).map(xmlText).join('\n');
      return `<failure${attributes({ message: reason, type: code })}>${text}</failure>`;
    }
    case 'skipped':
      return `<skipped${attributes({ message: reason === '' ? one.outcome : `${one.outcome}: ${reason}` })}/>`;
    case 'passed':
      return reason === '' ? '' : `<system-out>${xmlText(reason)}</system-out>`;
  }
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${xmlText(String(value))}"`)
    .join('');
}

/** On one line, and without what XML cannot carry: devices and files say what they like. */
function xmlText(text: string): string {
  return escapeXml(
    printable(text)
      .toWellFormed()
      .replace(/[\ufffe\uffff]/g, ' '),
  );
}

function seconds(durationMs: number): string {
  return (durationMs / 1000).toFixed(3);
}
