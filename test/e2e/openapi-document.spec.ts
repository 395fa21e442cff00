import { type DemoService, startDemoService } from '../support/demo-service.js';
import { DocumentedApi, type Node, objectsIn, type Operation, operationsOf } from '../support/openapi.js';

describe('the OpenAPI document', () => {
  let service: DemoService;
  let document: Node;
  let operations: readonly Operation[];

  beforeAll(async () => {
    service = await startDemoService();
    document = (await service.call('GET', '/openapi.json', { key: 'nobody' })).json;
    operations = operationsOf(document);
  });
  afterAll(() => service.close());

  const nameOf = ({ method, path }: Operation) => `${method} ${path}`;
  /** Names of the operations that `isRight` is not true for. */
  const wrong = (isRight: (operation: Operation) => unknown) => operations.filter((each) => !isRight(each)).map(nameOf);
  const at = (pointer: string): Node =>
    pointer
      .slice(2)
      .split('/')
      .reduce((node, step) => node?.[decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')], document);
  const responses = () =>
    operations.flatMap((operation) =>
      Object.entries<Node>(operation.node.responses).map(([status, response]) => ({ operation, status, response })),
    );

  it('is OpenAPI 3.1', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info).toMatchObject({ title: 'Marginal', version: expect.any(String) });
    expect(Object.keys(document.paths).every((path) => path.startsWith('/'))).toBe(true);
    expect(operations.length).toBeGreaterThan(12);
    const ids = operations.map(({ node }) => node.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(responses().filter(({ status }) => !/^[2-5]\d\d$/.test(status))).toEqual([]);
    expect(responses().filter(({ response }) => typeof response.description !== 'string')).toEqual([]);
    // Words of OpenAPI 3.0, which 3.1 does not know.
    const old = objectsIn(document.components.schemas).filter(
      ([, object]) => typeof object.nullable === 'boolean' || typeof object.exclusiveMinimum === 'boolean',
    );
    expect(old).toEqual([]);
  });

  it('refers to nothing that is not in it', () => {
    const refs = objectsIn(document).filter(([, object]) => typeof object.$ref === 'string');
    expect(refs.length).toBeGreaterThan(50);
    expect(refs.filter(([, { $ref }]) => !$ref.startsWith('#/') || at($ref) === undefined)).toEqual([]);
    const used = new Set(refs.map(([, { $ref }]) => $ref));
    const unused = Object.keys(document.components.schemas).filter((name) => !used.has(`#/components/schemas/${name}`));
    expect(unused).toEqual([]);
    const schemes = operations.flatMap(({ node }) =>
      (node.security ?? []).flatMap((each: object) => Object.keys(each)),
    );
    expect([...new Set(schemes)]).toEqual(Object.keys(document.components.securitySchemes));
  });

  it('has schemas that are JSON Schema 2020-12, and examples that fit them', () => {
    const api = new DocumentedApi(document);
    for (const name of Object.keys(document.components.schemas)) {
      expect(() => api.faults(`/components/schemas/${name}`, {})).not.toThrow();
    }
    const examples = objectsIn(document.paths).flatMap(([pointer, { schema, example, examples: named }]) => {
      if (schema === undefined) return [];
      const values = Object.values<Node>(named ?? {}).map(({ value }) => value);
      return [...(example === undefined ? [] : [example]), ...values].map((value) => ({ pointer, value }));
    });
    expect(examples.length).toBeGreaterThan(50);
    const lists = objectsIn(document.paths).filter(([, { examples: named }]) => Array.isArray(named));
    expect(lists.map(([pointer]) => pointer)).toEqual([]); // a map, but in a schema
    const bad = examples.flatMap(({ pointer, value }) => {
      const steps = pointer.split('/').map((step) => encodeURIComponent(step));
      return api.faults(`/paths${steps.join('/')}/schema`, value).map((fault) => `${pointer} ${fault}`);
    });
    expect(bad).toEqual([]);
    const ofProperties = objectsIn(document.components.schemas).filter(([, { example }]) => example !== undefined);
    expect(ofProperties.length).toBeGreaterThan(50);
    const unfit = ofProperties.flatMap(([pointer, { example }]) =>
      api.faults(`/components/schemas${pointer}`, example).map((fault) => `${pointer} ${fault}`),
    );
    expect(unfit).toEqual([]);
  });

  it('declares the parameters of every path, and no others', () => {
    const declared = ({ node }: Operation): string[] =>
      (node.parameters ?? [])
        .filter((each: Node) => each.in === 'path' && each.required)
        .map((each: Node) => each.name);
    expect(
      wrong((each) => String(declared(each)) === String([...each.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))),
    ).toEqual([]);
    const parameters = operations.flatMap(({ node }) => node.parameters ?? []);
    expect(parameters.filter((each: Node) => !each.description || each.schema === undefined)).toEqual([]);
  });

  it('says of every operation what it is, what it reads and what it answers', () => {
    expect(wrong(({ node }) => node.summary && node.description && node.operationId && node.tags?.length)).toEqual([]);
    expect(wrong(({ node }) => Object.keys(node.responses).some((status) => status.startsWith('2')))).toEqual([]);
    const open = ['get /health/live', 'get /health/ready'];
    expect(wrong(({ node }) => node.security?.length && '401' in node.responses)).toEqual(open);
    expect(wrong(({ node }) => '503' in node.responses)).toEqual(['get /health/live']);
    // A replay is a question that is asked of what is stored: nothing is sent with it.
    const writes = operations.filter(({ method, path }) => method !== 'get' && !path.endsWith('/replay'));
    expect(writes.filter(({ node }) => !node.requestBody?.required).map(nameOf)).toEqual([]);
    expect(writes.filter(({ node }) => !('400' in node.responses && '415' in node.responses)).map(nameOf)).toEqual([]);
    expect(wrong(({ path, node }) => !path.includes('{') || '404' in node.responses)).toEqual([]);
  });

  it('gives every answer a schema, and every problem an example', () => {
    const named = ({ operation, status }: { operation: Operation; status: string }) => `${nameOf(operation)} ${status}`;
    const all = responses();
    const without = all.filter(
      ({ response }) => Object.values<Node>(response.content ?? {}).filter(({ schema }) => schema).length === 0,
    );
    expect(without.map(named)).toEqual([]);
    const problems = all.filter(({ status }) => status >= '400');
    const bad = problems.filter(({ response }) => {
      const { schema, example } = response.content?.['application/problem+json'] ?? {};
      return schema?.$ref !== '#/components/schemas/ProblemDto' || example === undefined || !response.description;
    });
    expect(bad.map(named)).toEqual([]);
  });

  it('says of every property what it means, by a description, an example or a closed set of values', () => {
    const properties = Object.entries<Node>(document.components.schemas).flatMap(([name, schema]) =>
      Object.entries<Node>(schema.properties ?? {}).map(([property, node]) => ({ name: `${name}.${property}`, node })),
    );
    expect(properties.length).toBeGreaterThan(150);
    const silent = properties.filter(
      ({ node }) =>
        !node.description &&
        ['example', 'examples', 'enum', 'format', '$ref'].every((word) => node[word] === undefined),
    );
    expect(silent.map(({ name }) => name)).toEqual([]);
  });
});
