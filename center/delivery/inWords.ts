/** A subscription's filter for a person to read. */
import type { ImsEnvironment, ImsRange } from "@harken/formats";

export function inWords({ ranges, lists }: ImsEnvironment): string {
  const between = (name: string, { from, to }: ImsRange, unit = ""): string[] => {
    const [least, most] = [Number.isFinite(from), Number.isFinite(to)];
    if (least && most) return [`${name} ${from} to ${to}${unit}`];
    return least ? [`${name} from ${from}${unit}`] : most ? [`${name} to ${to}${unit}`] : [];
  };
  const codes = (name: string, list: readonly string[]) => (list.includes("*") ? [] : [`${name} ${list.join(", ")}`]);
  return [
    ...between("magnitude", ranges.magnitude),
    ...codes("of type", lists.magnitudeTypes),
    ...between("depth", ranges.depthKm, " km"),
    ...between("latitude", ranges.latitudeDeg),
    ...between("longitude", ranges.longitudeDeg),
    ...between("mb - Ms", ranges.mbMinusMs),
    ...codes("stations", lists.stations),
  ].join("; ");
}
