import { csv } from './csv';
import type { ReportFormat } from './format';
import { json } from './json';
import { markdown } from './markdown';

/** All formats, in the order in which they are offered. */
export const formats: readonly ReportFormat[] = [csv, json, markdown];
