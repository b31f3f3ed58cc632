import * as vscode from 'vscode';
import { fileSchemas } from '../app/technologySchemas';
import { describeKeyAt, suggest } from '../base/yaml/suggest';
import { Fleet } from '../fleet/fleet';
import { fileKind } from './diagnostics';

const redHat = 'redhat.vscode-yaml';
const selector: vscode.DocumentSelector = { language: 'yaml', pattern: '**/.sideband/**/*.yaml' };

/** Completion and hover for our files, where the Red Hat extension is not there to do it by the same schemas. */
export function registerYamlAssist(fleetAt: (uri: vscode.Uri) => Fleet | undefined): vscode.Disposable {
  const schemas = fileSchemas();
  const schemaOf = (document: vscode.TextDocument): object | undefined => {
    const kind = vscode.extensions.getExtension(redHat) ? undefined : fileKind(document);
    return kind && schemas[kind];
  };
  const completion: vscode.CompletionItemProvider = {
    provideCompletionItems(document, position) {
      const schema = schemaOf(document);
      if (!schema) return [];
      const known = (path: readonly string[]): readonly string[] =>
        knownValues(path, document, fleetAt(document.uri) ?? Fleet.empty);
      return suggest(document.getText(), document.offsetAt(position), schema, known).map((suggestion) => {
        const kind = suggestion.kind === 'key' ? vscode.CompletionItemKind.Property : vscode.CompletionItemKind.Value;
        const item = new vscode.CompletionItem(suggestion.label, kind);
        item.insertText = suggestion.insertText;
        item.range = new vscode.Range(position.translate(0, -suggestion.replaces), position);
        if (suggestion.documentation !== undefined) item.documentation = suggestion.documentation;
        return item;
      });
    },
  };
  const hover: vscode.HoverProvider = {
    provideHover(document, position) {
      const schema = schemaOf(document);
      const description = schema && describeKeyAt(document.getText(), document.offsetAt(position), schema);
      return description === undefined ? undefined : new vscode.Hover(description);
    },
  };
  return vscode.Disposable.from(
    vscode.languages.registerCompletionItemProvider(selector, completion, ' ', ':', '{', '[', ',', '@'),
    vscode.languages.registerHoverProvider(selector, hover),
  );
}

/** Profiles from the text itself, which may be ahead of what was last loaded; groups and tags from the fleet. */
function knownValues(path: readonly string[], document: vscode.TextDocument, fleet: Fleet): readonly string[] {
  const key = path.at(-1);
  if (path[0] === 'computers' && key === 'profile') return profilesIn(document.getText());
  if (key === 'targets' || key === 'protected') return [...fleet.groups.keys()].map((name) => `@${name}`);
  if (path.at(-2) !== 'tags' || key === undefined) return [];
  return [...new Set(fleet.computers.flatMap(({ tags }) => tags[key] ?? []))];
}

function profilesIn(text: string): readonly string[] {
  const section = /^profiles:\s*\n((?:(?:[ \t].*|#.*)?\n)*)/m.exec(text)?.[1] ?? '';
  return [...section.matchAll(/^ {1,4}([A-Za-z0-9_][\w.-]*):/gm)]
    .filter((match, _, all) => match[0].search(/\S/) === all[0]?.[0].search(/\S/))
    .map(([, name = '']) => name);
}
