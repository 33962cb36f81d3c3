/**
 * Writes a bulletin as QuakeML 1.2, Basic Event Description (D. Schorlemmer et al., QuakeML-BED-20130214).
 *
 *     const xml = encodeQuakeMl(bulletin);
 *
 * Resource identifiers follow from the bulletin's keys, so the same event has the same identifier in every document. A pick stands in the
 * first event that uses it; picks that no event uses follow after the events in an element of our own namespace.
 */
import { type Arrival, type Bulletin, preferredOrigin, type SeismicEvent } from "@harken/core";
import { XmlWriter } from "../xml/write.ts";
import { writeMagnitudes } from "./encodeMagnitude.ts";
import { writeOrigin } from "./encodeOrigin.ts";
import { writePick } from "./encodePick.ts";
import { NAMESPACE, PREFIX } from "./extension.ts";
import { resourceId } from "./resourceId.ts";

export function encodeQuakeMl(bulletin: Bulletin): string {
  const xml = new XmlWriter();
  const namespaces = {
    "xmlns:q": "http://quakeml.org/xmlns/quakeml/1.2",
    xmlns: "http://quakeml.org/xmlns/bed/1.2",
    [`xmlns:${PREFIX}`]: NAMESPACE,
  };
  const waiting = new Map(bulletin.arrivals.map((arrival) => [arrival.key, arrival]));
  xml.within("q:quakeml", namespaces, () => {
    xml.within("eventParameters", { publicID: resourceId("bulletin", bulletin.list) }, () => {
      xml.leaf("description", bulletin.list);
      for (const event of bulletin.events) writeEvent(xml, event, bulletin, waiting);
      if (waiting.size > 0)
        xml.within(`${PREFIX}:unassociated`, {}, () => {
          for (const arrival of waiting.values()) writePick(xml, arrival);
        });
    });
  });
  return xml.toString();
}

/** Takes the picks that it writes out of `waiting`. */
function writeEvent(
  xml: XmlWriter,
  event: SeismicEvent,
  { list, arrivals }: Bulletin,
  waiting: Map<string, Arrival>,
): void {
  const mode = evaluationMode(list);
  const stations = new Map(arrivals.map(({ key, station }) => [key, station]));
  xml.within("event", { publicID: resourceId("event", event.key) }, () => {
    xml.leaf("preferredOriginID", resourceId("origin", event.preferredOriginKey));
    const [magnitude] = preferredOrigin(event).magnitudes;
    if (magnitude) xml.leaf("preferredMagnitudeID", resourceId("magnitude", `${event.preferredOriginKey}/0`));
    for (const origin of event.origins)
      for (const { arrivalKey } of origin.associations) {
        const arrival = waiting.get(arrivalKey);
        if (arrival) writePick(xml, arrival);
        waiting.delete(arrivalKey);
      }
    for (const origin of event.origins) {
      writeOrigin(xml, origin, mode, stations);
      writeMagnitudes(xml, origin, mode);
    }
  });
}

/** SEL1 to SEL3 are made by the machine, the reviewed and screened bulletins with analysts. */
function evaluationMode(list: string): "automatic" | "manual" | null {
  if (/^SEL\d/i.test(list)) return "automatic";
  return /^(REB|SEB|SSEB|NEB|NSEB|LEB)$/i.test(list) ? "manual" : null;
}
