import type { Port } from './rpc';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** What VS Code gives a page: kept state, and the channel to the extension. It can be asked for once. */
export const vscode = acquireVsCodeApi();

export const port: Port = {
  post: (message) => {
    vscode.postMessage(message);
  },
  listen: (listener) => {
    window.addEventListener('message', ({ data }) => {
      listener(data);
    });
  },
};
