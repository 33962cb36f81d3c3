/** application.wadl of an FDSN web service, in the form of the specification's own: what a client's form is built from. */
import { XmlWriter } from "@harken/formats";

const TYPES: Readonly<Record<string, string>> = {
  ...{ starttime: "xs:dateTime", endtime: "xs:dateTime", startbefore: "xs:dateTime", startafter: "xs:dateTime" },
  ...{ endbefore: "xs:dateTime", endafter: "xs:dateTime", nodata: "xs:int", limit: "xs:int", offset: "xs:int" },
  ...{ minlatitude: "xs:float", maxlatitude: "xs:float", minlongitude: "xs:float", maxlongitude: "xs:float" },
  ...{ latitude: "xs:float", longitude: "xs:float", minradius: "xs:float", maxradius: "xs:float" },
  ...{ mindepth: "xs:float", maxdepth: "xs:float", minmagnitude: "xs:float", maxmagnitude: "xs:float" },
  ...{ minimumlength: "xs:float", mergegaps: "xs:float", longestonly: "xs:boolean", matchtimeseries: "xs:boolean" },
  ...{ includeallorigins: "xs:boolean", includeallmagnitudes: "xs:boolean", includearrivals: "xs:boolean" },
  ...{ includerestricted: "xs:boolean", includeavailability: "xs:boolean" },
};

export function wadl(
  base: string,
  methods: readonly (readonly [name: string, parameters: readonly string[]])[],
  takesForms: boolean,
): string {
  const xml = new XmlWriter();
  const namespaces = { xmlns: "http://wadl.dev.java.net/2009/02", "xmlns:xs": "http://www.w3.org/2001/XMLSchema" };
  xml.within("application", namespaces, () => {
    xml.within("resources", { base }, () => {
      for (const [name, parameters] of methods)
        xml.within("resource", { path: name }, () => {
          xml.within("method", { name: "GET", id: `${name}GET` }, () => {
            xml.within("request", {}, () => {
              for (const parameter of parameters)
                xml.leaf("param", "", { name: parameter, style: "query", type: TYPES[parameter] ?? "xs:string" });
            });
          });
          if (takesForms) xml.leaf("method", "", { name: "POST", id: `${name}POST` });
        });
      for (const path of ["version", "application.wadl"])
        xml.within("resource", { path }, () => xml.leaf("method", "", { name: "GET" }));
    });
  });
  return xml.toString();
}
