import type * as vscode from 'vscode';

/** VS Code's token as a signal. */
export function toSignal(token: vscode.CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  else
    token.onCancellationRequested(() => {
      controller.abort();
    });
  return controller.signal;
}

/** A signal as VS Code's token. */
export function toToken(signal: AbortSignal): vscode.CancellationToken {
  return {
    get isCancellationRequested() {
      return signal.aborted;
    },
    onCancellationRequested(listener, thisArgument: unknown, disposables) {
      const cancel = (): void => {
        listener.call(thisArgument, signal);
      };
      signal.addEventListener('abort', cancel, { once: true });
      const registration = {
        dispose: () => {
          signal.removeEventListener('abort', cancel);
        },
      };
      disposables?.push(registration);
      return registration;
    },
  };
}
