import type { Problem } from '../../base/problem';
import type { Span } from '../../base/yaml/scalarPlaces';
import type { YamlPath } from '../../base/yaml/yamlDocument';
import type { YamlFile } from '../../base/yaml/yamlFile';

/** What is wrong, and where: at the value of a path, at its key, or at a part of its text. */
export interface Mistake {
  readonly path: YamlPath;
  readonly message: string;
  readonly at?: 'key' | Span;
}

export type Places = Pick<YamlFile<unknown>, 'problemAt' | 'problemInside'>;

export function toProblem(places: Places, mistake: Mistake): Problem {
  const { path, message, at = 'value' } = mistake;
  return typeof at === 'object' ? places.problemInside(path, at, message) : places.problemAt(path, message, at);
}
