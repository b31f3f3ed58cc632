import { csv } from './formats/csv';
import { json } from './formats/json';
import { junit } from './formats/junit';
import { markdown } from './formats/markdown';
import { sarif } from './formats/sarif';
import type { RunFormat } from './runFormat';

/** All formats, in the order in which they are offered. */
export const runFormats: readonly RunFormat[] = [json, junit, csv, markdown, sarif];

/** What CI shows beside a run. */
export const stepSummary: RunFormat['format'] = (document) => markdown.format(document);
