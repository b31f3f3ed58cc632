import * as vscode from 'vscode';

/** What became of a question: an answer, a press of one of its buttons (of an item's, with the item), or nothing. */
export type Reply<Answer, Item = undefined> =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'pressed'; readonly button: vscode.QuickInputButton; readonly item?: Item }
  | { readonly kind: 'dismissed' };

interface Question {
  readonly title: string;
  readonly placeholder?: string;
  readonly buttons?: readonly vscode.QuickInputButton[];
  /** Where it stands among the questions of one subject: from 1. */
  readonly step?: { readonly number: number; readonly of: number };
}

export interface ListQuestion<Item> extends Question {
  readonly items: readonly Item[];
  /** The item that Enter chooses at first. */
  readonly active?: Item | undefined;
  /** Lets several be ticked, these at first. */
  readonly ticked?: readonly Item[];
}

/** Shows a list that stays when another window is clicked. The answer has one item, except where several can be ticked. */
export function showList<Item extends vscode.QuickPickItem>({
  items,
  active,
  ticked,
  ...question
}: ListQuestion<Item>): Promise<Reply<readonly Item[], Item>> {
  const list = prepare(vscode.window.createQuickPick<Item>(), question);
  list.matchOnDetail = true;
  list.items = items;
  if (active) list.activeItems = [active];
  if (ticked) {
    list.canSelectMany = true;
    list.selectedItems = ticked;
  }
  return settle<Reply<readonly Item[], Item>>(list, (reply) => {
    list.onDidAccept(() => {
      const answer = list.selectedItems;
      if (ticked || answer.length > 0) reply({ kind: 'answered', answer });
    });
    list.onDidTriggerButton((button) => {
      reply({ kind: 'pressed', button });
    });
    list.onDidTriggerItemButton(({ button, item }) => {
      reply({ kind: 'pressed', button, item });
    });
  });
}

export interface TextQuestion extends Question {
  readonly prompt: string;
  readonly value: string;
  /** What is wrong with a text, if anything. It is asked at every key, and such a text is no answer. */
  readonly mistakeIn: (text: string) => string | undefined;
}

/** Shows an input box that stays when another window is clicked. */
export function showInput({ prompt, value, mistakeIn, ...question }: TextQuestion): Promise<Reply<string>> {
  const box = prepare(vscode.window.createInputBox(), question);
  box.prompt = prompt;
  box.value = value;
  const say = (text: string): string | undefined => (box.validationMessage = mistakeIn(text));
  return settle<Reply<string>>(box, (reply) => {
    box.onDidChangeValue(say);
    box.onDidAccept(() => {
      if (say(box.value) === undefined) reply({ kind: 'answered', answer: box.value });
    });
    box.onDidTriggerButton((button) => {
      reply({ kind: 'pressed', button });
    });
  });
}

function prepare<Input extends vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox>(
  input: Input,
  { title, placeholder, buttons = [], step }: Question,
): Input {
  input.title = title;
  input.placeholder = placeholder;
  input.buttons = buttons;
  input.step = step?.number;
  input.totalSteps = step?.of;
  input.ignoreFocusOut = true;
  return input;
}

function settle<R>(input: vscode.QuickInput, wire: (reply: (reply: R | { kind: 'dismissed' }) => void) => void) {
  return new Promise<R | { kind: 'dismissed' }>((resolve) => {
    wire((reply) => {
      resolve(reply);
      input.hide();
    });
    input.onDidHide(() => {
      resolve({ kind: 'dismissed' });
      input.dispose();
    });
    input.show();
  });
}
