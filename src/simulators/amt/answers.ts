import type { Found, Pulled } from './enumerations';
import type { AmtClass, Output } from './model/amtClass';
import { keysOf } from './model/selectors';
import { type ClassName, type Keys, type Properties, resourceUri } from './model/values';
import { prefixAt } from './wire/envelope';
import * as ns from './wire/namespaces';
import { writeInstance, writeOutput, writeReference } from './wire/writeInstance';

/** The body of a reply, and what its envelope says about it. */
export interface Answer {
  readonly action: string;
  readonly namespaces: readonly string[];
  readonly body: string;
}

export function emptyAnswer(action: string, namespaces: readonly string[] = []): Answer {
  return { action, namespaces, body: '' };
}

/** The instance alone: the answer to Get and to most of Put. */
export function instanceAnswer(action: string, cimClass: AmtClass, properties: Properties): Answer {
  const body = writeInstance(cimClass.name, properties, { own: prefixAt(0), common: prefixAt(1) });
  return { action, namespaces: namespacesOf(cimClass.name, cimClass.isDated ?? false), body };
}

export function createdAnswer(className: ClassName, keys: Keys): Answer {
  return {
    action: `${ns.transfer}/CreateResponse`,
    namespaces: [ns.transfer],
    body: `<g:ResourceCreated>${writeReference({ className, keys })}</g:ResourceCreated>`,
  };
}

export function enumerateAnswer(context: string): Answer {
  return {
    action: `${ns.enumeration}/EnumerateResponse`,
    namespaces: [ns.enumeration],
    body: `<g:EnumerateResponse>${contextElement(context)}</g:EnumerateResponse>`,
  };
}

export function pullAnswer({ items, context, mode }: Pulled): Answer {
  const [first] = items;
  const declared = first && mode === 'instances' ? namespacesOf(first.className, first.isDated) : [];
  const written = items.map(mode === 'instances' ? itemInstance : itemReference).join('');
  const end = context === undefined ? '<g:EndOfSequence></g:EndOfSequence>' : '';
  return {
    action: `${ns.enumeration}/PullResponse`,
    namespaces: [ns.enumeration, ...declared],
    body: `<g:PullResponse>${contextElement(context)}<g:Items>${written}</g:Items>${end}</g:PullResponse>`,
  };
}

/** The out-parameters of a method. */
export function outputAnswer(className: ClassName, method: string, output: Exclude<Output, number>): Answer {
  const body = writeOutput(`${method}_OUTPUT`, output, { own: prefixAt(0), common: prefixAt(1) });
  const isDated = body.includes(`<${prefixAt(1)}:`);
  return { action: `${resourceUri(className)}/${method}Response`, namespaces: namespacesOf(className, isDated), body };
}

/** A class with dates declares the namespace of the common types too. */
export function namespacesOf(className: string, isDated: boolean): readonly string[] {
  return isDated ? [resourceUri(className), ns.cimCommon] : [resourceUri(className)];
}

function itemInstance({ className, properties }: Found): string {
  return writeInstance(className, properties, { own: prefixAt(1), common: prefixAt(2) });
}

function itemReference({ className, properties, keys }: Found): string {
  const reference = writeReference({ className, keys: keysOf(properties, keys) });
  return `<b:EndpointReference>${reference}</b:EndpointReference>`;
}

function contextElement(context: string | undefined): string {
  return context === undefined ? '' : `<g:EnumerationContext>${context}</g:EnumerationContext>`;
}
