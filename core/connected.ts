/**
 * What hangs together by pairs: union and find with halved paths (Tarjan and van Leeuwen 1984, doi:10.1145/62.2160).
 *
 *     const nets = connectedGroups(5);
 *     nets.join(0, 3);
 *     nets.groups(); // [[0, 3], [1], [2], [4]]
 */
export interface ConnectedGroups {
  join(one: number, other: number): void;
  /** Members rising, groups by their first member; what nothing joins stands alone. */
  groups(): number[][];
}

export function connectedGroups(count: number): ConnectedGroups {
  const parent = Int32Array.from({ length: count }, (_, i) => i);
  const rootOf = (member: number): number => {
    let at = member;
    while (parent[at] !== at) at = parent[at] = parent[parent[at]!]!;
    return at;
  };
  return {
    join(one, other) {
      parent[rootOf(one)] = rootOf(other);
    },
    groups: () => [...Map.groupBy(parent.keys(), rootOf).values()],
  };
}
