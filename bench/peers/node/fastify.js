import { fields, load, locate, tell } from "./job.js";

const app = load("fastify")({ logger: false });

app.get("/proxy", async ({ query }, reply) => {
  reply.code(302).headers(fields(await locate(query.url)));
  return reply.send();
});

await app.listen({ host: "127.0.0.1", port: 0 });
tell(app.server.address().port);
