/** The contract as an OpenAPI 3.1 document, made from the route table (OpenAPI Specification 3.1.0, sections 4.8.8 to 4.8.10). */
import type { TSchema } from "typebox";
import { type RouteDefinition, routes } from "./routes.ts";
import { ErrorBody } from "./schema.ts";

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, TSchema>>;
  readonly required?: readonly string[];
}

function parameters(schema: TSchema | undefined, place: "path" | "query") {
  const { properties = {}, required = [] } = (schema ?? {}) as ObjectSchema;
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema: property,
  }));
}

/** Plain JSON: schemas copied, TypeBox's own marks left out. */
export function openApiDocument(version: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, route] of Object.entries<RouteDefinition>(routes)) {
    const path = route.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = {
      ...paths[path],
      [route.method.toLowerCase()]: {
        operationId: name,
        summary: route.summary,
        "x-access": route.access,
        parameters: [...parameters(route.params, "path"), ...parameters(route.query, "query")],
        ...(route.body
          ? {
              requestBody: {
                required: true,
                content: { [route.bodyMediaType ?? "application/json"]: { schema: route.body } },
              },
            }
          : {}),
        responses: {
          200: { description: "OK", content: { [route.mediaType]: { schema: route.response ?? { type: "string" } } } },
          default: { description: "Refused", content: { "application/json": { schema: ErrorBody } } },
        },
      },
    };
  }
  const document = {
    openapi: "3.1.0",
    info: { title: "Harken", version, license: { name: "Apache-2.0", identifier: "Apache-2.0" } },
    paths,
  };
  return JSON.parse(JSON.stringify(document)) as Record<string, unknown>;
}
