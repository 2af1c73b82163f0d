/** A route: a pattern with `:names`, and what is shown there. */
export interface RoutePattern {
  /** For example `/flows/:id`. */
  readonly pattern: string;
}

/** What an address means. */
export interface RouteMatch<Route extends RoutePattern> {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** The first route whose pattern fits the path; names take one segment each. */
export function matchRoute<Route extends RoutePattern>(
  routes: readonly Route[],
  path: string,
): RouteMatch<Route> | undefined {
  const segments = segmentsOf(path);
  for (const route of routes) {
    const params = matchSegments(segmentsOf(route.pattern), segments);
    if (params !== undefined) return { route, params };
  }
  return undefined;
}

function matchSegments(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = decode(segment);
    else if (part !== segment) return undefined;
  }
  return params;
}

const segmentsOf = (path: string): string[] => path.split('/').filter((segment) => segment !== '');

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment; // a broken escape is an id that does not exist, not a crash
  }
}
