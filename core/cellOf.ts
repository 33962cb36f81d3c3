/** The cell of a rising list (two points or more) that holds a value, and how far into it: below 0 and above 1 outside the list. */
export function cellOf(points: ArrayLike<number>, at: number): [index: number, share: number] {
  let low = 0;
  let high = points.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (points[middle]! <= at) low = middle;
    else high = middle;
  }
  return [low, (at - points[low]!) / (points[high]! - points[low]!)];
}
