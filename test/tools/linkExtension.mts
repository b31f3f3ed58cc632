import { readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** VS Code scans an extensions folder that has no extensions.json yet, so a link is enough; installing a VSIX adds that file. */
export function linkExtension(folder: string, extensions: string): void {
  const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, string>;
  const name = `${about.publisher ?? ''}.${about.name ?? ''}-${about.version ?? ''}`;
  symlinkSync(resolve(folder), join(extensions, name));
}
