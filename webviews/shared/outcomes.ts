/** What can have become of a computer or of a step: what needs a look comes first. */
export const outcomesByUrgency = [
  'failed',
  'unknown',
  'running',
  'unverified',
  'cancelled',
  'skipped',
  'not-begun',
  'done',
  'already',
] as const;
export type ShownOutcome = (typeof outcomesByUrgency)[number];

export interface OutcomeLook {
  /** Of the codicons. */
  readonly icon: string;
  /** The id of a theme's colour; absent: that of the text. */
  readonly color?: string;
}

export const outcomeLooks: Readonly<Record<ShownOutcome, OutcomeLook>> = {
  failed: { icon: 'error', color: 'testing.iconFailed' },
  unknown: { icon: 'question', color: 'testing.iconFailed' },
  running: { icon: 'loading' },
  unverified: { icon: 'question', color: 'charts.yellow' },
  cancelled: { icon: 'circle-slash', color: 'testing.iconSkipped' },
  skipped: { icon: 'debug-step-over', color: 'testing.iconSkipped' },
  'not-begun': { icon: 'circle-outline', color: 'disabledForeground' },
  done: { icon: 'pass', color: 'testing.iconPassed' },
  already: { icon: 'pass', color: 'disabledForeground' },
};
