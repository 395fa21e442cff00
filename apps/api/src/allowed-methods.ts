/** What is read of Express' router, whose own types leave it out. */
interface Layer {
  readonly route?: { readonly methods: Readonly<Record<string, boolean>> };
  match(path: string): boolean;
}
export interface RoutedApplication {
  readonly router?: { readonly stack?: readonly Layer[] };
}

/**
 * Methods that `path` answers, in capitals; empty where no route has it. Tells a wrong path (404) from a wrong method
 * (405). Only asked when a request has already found no handler.
 */
export function allowedMethods(application: RoutedApplication, path: string): readonly string[] {
  const methods = new Set<string>();
  for (const layer of application.router?.stack ?? []) {
    if (layer.route === undefined || !layer.match(path)) continue;
    for (const method of Object.keys(layer.route.methods)) methods.add(method.toUpperCase());
  }
  if (methods.has('GET')) methods.add('HEAD');
  methods.delete('_ALL');
  return [...methods].sort();
}
