import { dirname, join, relative, sep } from 'node:path';
import * as vscode from 'vscode';
import { listJobFiles } from '../app/jobFiles';
import { type FileKind, fileSchemas } from '../app/technologySchemas';
import { describeKeyAt, type KnownValues, suggest } from '../base/yaml/suggest';
import { builtInDefinitions, type Definitions } from '../fleet/definitions';
import { Fleet } from '../fleet/fleet';
import { knownJobValues } from '../jobs/file/knownValues';
import { fileKind } from './diagnostics';

const redHat = 'redhat.vscode-yaml';
const selector: vscode.DocumentSelector = { language: 'yaml', pattern: '**/.sideband/**/*.yaml' };
const triggers = [' ', ':', '{', '[', ',', '@', '.', '='];

/** What a folder has that its files can name. */
export interface Surroundings {
  readonly folder: string;
  readonly fleet: Fleet;
  readonly definitions?: Definitions | undefined;
}

/**
 * Completion and hover for our files. Where the Red Hat extension does that by the same schemas, only what the schemas do not know is
 * added: the names of the folder and of the file itself.
 */
export function registerYamlAssist(around: (uri: vscode.Uri) => Surroundings | undefined): vscode.Disposable {
  const schemas = fileSchemas();
  const schemaOf = (kind: FileKind): object => (vscode.extensions.getExtension(redHat) ? {} : schemas[kind]);
  const completion: vscode.CompletionItemProvider = {
    async provideCompletionItems(document, position) {
      const kind = fileKind(document);
      if (!kind) return [];
      const text = document.getText();
      const offset = document.offsetAt(position);
      const known = await knownValues({ kind, text, offset, uri: document.uri }, around(document.uri));
      const { line, character } = position;
      return suggest(text, offset, schemaOf(kind), known).map((suggestion) => {
        const itemKind =
          suggestion.kind === 'key' ? vscode.CompletionItemKind.Property : vscode.CompletionItemKind.Value;
        const item = new vscode.CompletionItem(suggestion.label, itemKind);
        item.insertText = suggestion.insertText;
        item.range = new vscode.Range(line, character - suggestion.replaces, line, character);
        if (suggestion.documentation !== undefined) item.documentation = suggestion.documentation;
        return item;
      });
    },
  };
  const hover: vscode.HoverProvider = {
    provideHover(document, position) {
      const kind = fileKind(document);
      const description = kind && describeKeyAt(document.getText(), document.offsetAt(position), schemaOf(kind));
      return description === undefined ? undefined : new vscode.Hover(description);
    },
  };
  return vscode.Disposable.from(
    vscode.languages.registerCompletionItemProvider(selector, completion, ...triggers),
    vscode.languages.registerHoverProvider(selector, hover),
  );
}

interface Place {
  readonly kind: FileKind;
  readonly text: string;
  readonly offset: number;
  readonly uri: vscode.Uri;
}

async function knownValues({ kind, text, offset, uri }: Place, around: Surroundings | undefined): Promise<KnownValues> {
  const { fleet = Fleet.empty, definitions = builtInDefinitions } = around ?? {};
  if (kind !== 'jobs') return (path) => knownFleetValues(path, text, fleet);
  const jobFiles = around ? await callableFrom(uri.fsPath, around.folder) : [];
  return (path) => knownJobValues(path, text, offset, { fleet, definitions, jobFiles });
}

/** The jobs that the job in a file can call, as it names them: those beside it and below. */
async function callableFrom(path: string, folder: string): Promise<readonly string[]> {
  const files = await listJobFiles(folder).catch(() => []);
  return files
    .map((file) => relative(dirname(path), join(folder, file)))
    .filter((name) => !name.startsWith('..') && join(dirname(path), name) !== path)
    .map((name) => name.replaceAll(sep, '/'));
}

/** Profiles from the text itself, which may be ahead of what was last loaded; groups and tags from the fleet. */
function knownFleetValues(path: readonly string[], text: string, fleet: Fleet): readonly string[] {
  const key = path.at(-1);
  if (path[0] === 'computers' && key === 'profile') return profilesIn(text);
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
