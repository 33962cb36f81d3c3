/** The browser pages: the built files, or one page that says how to build them. Any address that is no file opens the application. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { centerErrors } from "../errors.ts";

const notBuilt = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Harken</title>
<h1>Harken is running</h1>
<p>Its pages are not built. Run <code>npm run build</code> in the folder of the sources, then reload.</p>
<p>The interface works meanwhile: <a href="/api/v1/status">status</a>, <a href="/api/v1/bulletins/SEL1/events">events</a>,
<a href="/api/v1/openapi.json">all routes</a>.</p>
</html>
`;

/** Hashed names never change their content; Vite puts them under assets. */
const ONE_YEAR_SEC = 31_536_000;

export async function servePages(server: FastifyInstance, folder: string | undefined): Promise<void> {
  const built = () => folder !== undefined && existsSync(join(folder, "index.html"));
  if (folder !== undefined && existsSync(folder)) {
    await server.register(fastifyStatic, {
      root: folder,
      // The build leaves compressed scripts and styles beside the plain ones.
      preCompressed: true,
      index: ["index.html"],
      setHeaders: (reply, path) => {
        const forever = path.includes("/assets/");
        reply.header("cache-control", forever ? `public, max-age=${ONE_YEAR_SEC}, immutable` : "no-cache");
      },
    });
  } else {
    server.get("/", async (_, reply) => reply.type("text/html; charset=utf-8").send(notBuilt));
  }
  server.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split("?")[0]!;
    const isPage = request.method === "GET" && !path.startsWith("/api/") && !/\.\w+$/.test(path);
    if (!isPage) throw centerErrors.make("NO_ROUTE", { path });
    if (built()) return reply.sendFile("index.html");
    return reply.type("text/html; charset=utf-8").send(notBuilt);
  });
}
