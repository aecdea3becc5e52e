/** The groups of nodes that lead to one another, and the nodes that lead to themselves (Tarjan's components). */
export function circlesOf<T>(nodes: Iterable<T>, next: (node: T) => Iterable<T>): T[][] {
  const order = new Map<T, number>();
  const stack = new Set<T>();
  const circles: T[][] = [];
  /** Gives the lowest number of a node on the stack that this one leads to. */
  const visit = (node: T): number => {
    const own = order.size;
    order.set(node, own);
    stack.add(node);
    const targets = new Set(next(node));
    let lowest = own;
    for (const to of targets) {
      if (!order.has(to)) lowest = Math.min(lowest, visit(to));
      else if (stack.has(to)) lowest = Math.min(lowest, order.get(to) as number);
    }
    if (lowest < own) return lowest;
    const all = [...stack];
    const group = all.slice(all.indexOf(node));
    for (const each of group) stack.delete(each);
    if (group.length > 1 || targets.has(node)) circles.push(group);
    return lowest;
  };
  for (const node of nodes) if (!order.has(node)) visit(node);
  return circles;
}

/** Groups of files each of which depends on all others of its group, by way of what they import. */
export function circles(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const groups = circlesOf(imports.keys(), (path) => imports.get(path) ?? []);
  return groups.map((group) => group.sort()).sort();
}
