import { fields, load, locate, tell } from "./job.js";

const app = load("express")();
app.disable("x-powered-by");

app.get("/proxy", async ({ query }, response) => {
  response.status(302).set(fields(await locate(query.url)));
  response.end();
});

const server = app.listen(0, "127.0.0.1", () => tell(server.address().port));
