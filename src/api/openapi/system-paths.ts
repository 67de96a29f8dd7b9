import { answer, error, type Json, managed, path, query, security } from "./operation-parts.ts";

const id = path("id", "As GET /dead-letters lists it.");
const page = [
  query("cursor", "As the page before gave it."),
  query("limit", "1 to 1000; otherwise 100.", { type: "integer", minimum: 1, maximum: 1000 }),
];

/** For operators: how the deployment stands, and what it has given up. */
export const systemPaths: Json = {
  "/status": {
    get: {
      ...{ summary: "For operators: what is under way, and what is wrong with it", security },
      responses: { ...managed, 200: answer("Done.", "SystemStatus") },
    },
  },
  "/dead-letters": {
    get: {
      ...{ summary: "For operators: messages that were given up, the newest first", security, parameters: page },
      responses: { ...managed, 200: answer("Done.", "DeadLetterPage") },
    },
  },
  "/dead-letters/{id}/replay": {
    post: {
      ...{ summary: "For operators: send a message again that was given up", security, parameters: [id] },
      responses: {
        ...managed,
        200: answer("Done.", "DeadLetterReplay"),
        404: error("There is none of this id."),
        409: error("It was sent again before, what it would be fetched from has ended, or it leads to nothing."),
      },
    },
  },
};
