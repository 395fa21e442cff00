import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Answer } from './service.js';

/** A part of the document, as parsed. */
export type Node = ReturnType<typeof JSON.parse>;

export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly node: Node;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
const PROBLEM = 'application/problem+json';

export function operationsOf(document: Node): Operation[] {
  return Object.entries<Node>(document.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => method in item).map((method) => ({ method, path, node: item[method] })),
  );
}

/** Every object inside `node`, with the pointer to it. */
export function objectsIn(node: Node, pointer = ''): [pointer: string, object: Node][] {
  if (typeof node !== 'object' || node === null) return [];
  const inner = Object.entries(node).flatMap(([key, value]) =>
    objectsIn(value, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
  return Array.isArray(node) ? inner : [[pointer, node], ...inner];
}

/** Documented objects have the documented members and no others: so a reply's undocumented fields come to light. */
function closed(document: Node): Node {
  const copy = structuredClone(document);
  for (const [, object] of objectsIn(copy.components.schemas)) {
    if (object.type === 'object' && object.properties !== undefined) object.additionalProperties ??= false;
  }
  return copy;
}

const mediaType = (text: string | null): string => (text ?? '').split(';')[0].trim();
const pathForm = (template: string): RegExp => new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`);

/** Judges requests and replies by an OpenAPI 3.1 document. */
export class DocumentedApi {
  private readonly ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, strictRequired: false });
  private readonly operations: readonly Operation[];

  constructor(readonly document: Node) {
    addFormats.default(this.ajv);
    // The words of OpenAPI around and inside its schemas: anything else unknown is a slip of the document.
    this.ajv.addVocabulary(['example', ...Object.keys(document)]);
    this.ajv.addSchema({ $id: 'api', ...closed(document) }, undefined, false, false);
    this.operations = operationsOf(document);
  }

  /** What is wrong with `value` by the schema at `pointer`. */
  faults(pointer: string, value: unknown): readonly string[] {
    const validate = this.ajv.getSchema(`api#${pointer}`);
    if (validate === undefined) return [`no schema at ${pointer}`];
    if (validate(value) === true) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  }

  /** What an answer has that the document does not say: its status, media type, members or values. */
  replyFaults(method: string, path: string, { status, headers, text, json }: Answer): readonly string[] {
    const operation = this.operation(method, path);
    if (operation === undefined) return [`${method} ${path} is not documented`];
    const response = operation.node.responses[status];
    if (response === undefined) return [`${status} of ${method} ${operation.path} is not documented`];
    const type = mediaType(headers.get('content-type'));
    if (response.content?.[type] === undefined) return [`${type} with ${status} is not documented`];
    const steps = ['paths', operation.path, operation.method, 'responses', String(status), 'content', type, 'schema'];
    const pointer = steps.map((step) => `/${encodeURIComponent(step.replaceAll('/', '~1'))}`).join('');
    const faults = this.faults(pointer, json ?? text);
    return type === PROBLEM && json.status !== status ? [...faults, 'the status in the body is another'] : faults;
  }

  operation(method: string, path: string): Operation | undefined {
    const [plain] = path.split('?');
    return this.operations.find((each) => each.method === method.toLowerCase() && pathForm(each.path).test(plain));
  }
}
