import * as vscode from 'vscode';
import type { Computer } from '../../fleet/computer';
import { sensors } from '../../nodes/sensors/sensors';
import { bySession, pickComputers } from '../pickComputers';
import type { Workbench } from '../workbench';
import { SensorsPanel } from './sensorsPanel';

const { t } = vscode.l10n;
/** More lines than these nobody reads. */
const mostComputers = 8;

/** Opens a tab with the sensors of computers over time. */
export async function openSensors(
  workbench: Workbench,
  chosen: readonly Computer[] | undefined,
  suggested: readonly Computer[],
): Promise<void> {
  if (!workbench.assertTrusted()) return;
  const title = t('Sensor Chart');
  const selections = chosen
    ? bySession(workbench.sessions, chosen)
    : await pickComputers(workbench.sessions, title, suggested);
  if (!selections || selections.length === 0) return;
  const computers = selections.flatMap((selection) => selection.computers);
  if (computers.length > mostComputers) {
    void vscode.window.showWarningMessage(t('A chart shows {0} computers at most.', mostComputers));
    return;
  }
  const wanted = new Set(sensors.sources.map(({ technology }) => technology));
  const { extensionUri, logs, panels, passwords } = workbench;
  await passwords.ensure(computers, wanted, new AbortController().signal);
  const onEnd = (): void => void panels.delete(panel);
  const panel = new SensorsPanel({ extensionUri, node: sensors, selections, log: logs, onEnd });
  panels.add(panel);
}
