import type { RunDocument } from './runDocument';

/** A way to write what became of a run into a file. One file each, listed in `runFormats.ts`. */
export interface RunFormat {
  /** As the command line names it. */
  readonly name: string;
  readonly title: string;
  /** Of its files, without the dot. */
  readonly extension: string;
  format(document: RunDocument): string;
}
