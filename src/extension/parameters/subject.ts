import type { Operation } from '../../operations/operation';

/** What is asked for: the parameters of an operation, or the inputs of a job. */
export type Subject = Pick<Operation, 'title' | 'parameters'>;
