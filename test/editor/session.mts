import { after, before, test } from 'node:test';
import { inOut, vsixFile } from '../tools/paths.mts';
import { openWorkbench, screenshot, type Workbench } from './driver.mts';
import { type EditorOptions, type EditorServer, startEditorServer } from './server.mts';

const stepLimitMs = 60_000;
const startLimitMs = 180_000;

/** One server and one page for all steps of a file: a cold start costs seconds. */
export interface EditorSession {
  readonly server: EditorServer;
  readonly page: Workbench['page'];
}

export interface SessionOptions extends Omit<EditorOptions, 'dir' | 'extension'> {
  /** Names the folder of this session in `out/` and its pictures. */
  readonly name: string;
  /** Default: the packaged extension. */
  readonly extension?: EditorOptions['extension'];
  /** Runs before the editor starts, such as a simulated fleet; what it returns goes into the extension's environment. */
  readonly prepare?: () => Promise<NodeJS.ProcessEnv>;
  readonly cleanUp?: () => Promise<void> | void;
}

/** A test of one step; steps of a file run in order and build on each other. */
export type Step = (name: string, body: (session: EditorSession) => Promise<void>) => void;

/** Opens the packaged extension in a real workbench before the file's first step, and closes it after its last one. */
export function editorSession({ name, prepare, cleanUp, ...options }: SessionOptions): Step {
  const dir = inOut('editor', name);
  let server: EditorServer | undefined;
  let workbench: Workbench | undefined;
  let failed = false;
  let count = 0;

  before(
    async () => {
      const env = { ...options.env, ...(await prepare?.()) };
      server = await startEditorServer({ extension: { vsix: vsixFile }, ...options, dir, env });
      workbench = await openWorkbench(server.url, { profile: inOut('editor', name, 'chromium') });
    },
    { timeout: startLimitMs },
  );
  after(async () => {
    await workbench?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
    await cleanUp?.();
  });

  return (title, body) => {
    void test(title, { timeout: stepLimitMs }, async (context) => {
      if (!server || !workbench) throw new Error('the editor did not start');
      if (failed) {
        context.skip('an earlier step failed, and the steps build on each other');
        return;
      }
      const { page } = workbench;
      try {
        await body({ server, page });
      } catch (error) {
        failed = true;
        console.log(server.output(), server.logs(/remoteexthost|sideband/i));
        throw error;
      } finally {
        count += 1;
        const number = String(count).padStart(2, '0');
        const picture = inOut('shots', `${name}-${number}-${title.replace(/\W+/g, '-').slice(0, 60)}.png`);
        // A page that is just being left has no picture, and needs none.
        await screenshot(page, picture).catch((error: unknown) => {
          console.log(`no picture of "${title}": ${String(error)}`);
        });
      }
    });
  };
}
