/**
 * Pairs between two sets: as many as the allowed edges admit, and of those the cheapest. Successive shortest augmenting paths with potentials
 * (Ahuja, Magnanti and Orlin 1993, Network Flows, 9.7), which suits sparse edges.
 *
 *     cheapestMatching(2, 2, [{ left: 0, right: 0, cost: 1 }, { left: 1, right: 0, cost: 0.1 }, { left: 0, right: 1, cost: 3 }]);
 *     // [{ left: 0, right: 1 }, { left: 1, right: 0 }]
 */

export interface Edge {
  readonly left: number;
  readonly right: number;
  /** Not negative. */
  readonly cost: number;
}

/** Pairs in order of `left`. */
export function cheapestMatching(lefts: number, rights: number, edges: readonly Edge[]): Edge[] {
  const from: Edge[][] = Array.from({ length: lefts }, () => []);
  for (const edge of edges) from[edge.left]!.push(edge);
  const edgeOfLeft: (Edge | null)[] = new Array(lefts).fill(null);
  const leftOfRight = new Int32Array(rights).fill(-1);
  // Potentials keep the reduced costs of matched edges at zero and of the others at zero or more.
  const leftPotential = new Float64Array(lefts);
  const rightPotential = new Float64Array(rights);
  for (;;) {
    // Dijkstra from all free lefts at once to the nearest free right; on equal ground the pair that makes the whole cheapest.
    const distance = new Float64Array(rights).fill(Number.POSITIVE_INFINITY);
    const cameBy: (Edge | null)[] = new Array(rights).fill(null);
    const done = new Uint8Array(rights);
    const leftDistance = new Float64Array(lefts).fill(Number.POSITIVE_INFINITY);
    const relax = (left: number, base: number) => {
      leftDistance[left] = base;
      for (const edge of from[left]!) {
        if (edgeOfLeft[left] === edge) continue;
        const reach = base + edge.cost + leftPotential[left]! - rightPotential[edge.right]!;
        if (reach < distance[edge.right]! - 1e-12) {
          distance[edge.right] = reach;
          cameBy[edge.right] = edge;
        }
      }
    };
    for (let left = 0; left < lefts; left++) if (!edgeOfLeft[left]) relax(left, -leftPotential[left]!);
    let goal = -1;
    let goalCost = Number.POSITIVE_INFINITY;
    for (;;) {
      let nearest = -1;
      for (let right = 0; right < rights; right++)
        if (!done[right] && Number.isFinite(distance[right]!) && (nearest < 0 || distance[right]! < distance[nearest]!))
          nearest = right;
      if (nearest < 0) break;
      done[nearest] = 1;
      const owner = leftOfRight[nearest]!;
      if (owner < 0) {
        const cost = distance[nearest]! + rightPotential[nearest]!;
        if (cost < goalCost) [goal, goalCost] = [nearest, cost];
      } else relax(owner, distance[nearest]!);
    }
    if (goal < 0) break;
    for (let right = 0; right < rights; right++)
      if (Number.isFinite(distance[right]!)) rightPotential[right]! += distance[right]!;
    for (let left = 0; left < lefts; left++)
      if (Number.isFinite(leftDistance[left]!)) leftPotential[left]! += leftDistance[left]!;
    for (let right = goal; right >= 0; ) {
      const edge: Edge = cameBy[right]!;
      const previous: number = edgeOfLeft[edge.left]?.right ?? -1;
      edgeOfLeft[edge.left] = edge;
      leftOfRight[right] = edge.left;
      right = previous;
    }
  }
  return edgeOfLeft.filter((edge) => edge !== null);
}
