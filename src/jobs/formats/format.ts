import type { NodeReport } from '../nodeReport';

/** A way to write a report into a file. One file each, listed in `formats/index.ts`. */
export interface ReportFormat {
  /** As the command line names it. */
  readonly name: string;
  readonly title: string;
  /** Of its files, without the dot. */
  readonly extension: string;
  format(report: NodeReport): string;
}
