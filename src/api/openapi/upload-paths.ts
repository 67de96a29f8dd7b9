import { answer, body, error, type Json, managed, path, ref, security } from "./operation-parts.ts";

const upload = path("upload_id", "As POST /api/upload/init answered it.");

const failing = {
  ...managed,
  404: error("No such session for this caller."),
  502: error("Database or store failed; it is safe to repeat the call."),
};
const ended = error("The session has ended.");

const header = (name: string, description: string, required = false): Json => {
  return { name, in: "header", required, description, schema: { type: "string" } };
};

/** Asked by a browser before its page sends anything; no key is shown. */
const options = (...parameters: readonly Json[]): Json => ({
  summary: "What a page may send (CORS)",
  parameters,
  responses: { 204: { description: "The fields of a preflight." } },
});

/** Uploads in chunks. Each call takes an API key with the scope `uploads:*`, or an upload token. */
export const uploadPaths: Json = {
  "/api/upload/init": {
    post: {
      summary: "Begin an upload",
      security,
      requestBody: body(ref("UploadInit")),
      responses: {
        ...failing,
        200: answer("Begun: it may take a week.", "UploadBegun"),
        402: error("The plan has no room for the file."),
        413: error("The file is larger than what is taken."),
      },
    },
    options: options(),
  },
  "/api/upload/chunk": {
    put: {
      summary: "Send one chunk, in any order, beside others, and again where it got lost",
      security,
      parameters: [
        header("X-Upload-Id", "Of the session.", true),
        header("X-Chunk-Index", "From 0.", true),
        header("Content-MD5", "Of the chunk, in base64."),
        header("X-Chunk-SHA256", "Of the chunk, in hexadecimal."),
      ],
      requestBody: {
        required: true,
        content: { "application/octet-stream": { schema: { type: "string", format: "binary" } } },
      },
      responses: { ...failing, 200: answer("The store has it.", "ChunkTaken"), 409: ended },
    },
    options: options(),
  },
  "/api/upload/{upload_id}/status": {
    get: {
      summary: "Where an upload stands, and which chunks are there",
      security,
      parameters: [upload],
      responses: { ...failing, 200: answer("The session.", "UploadStatus") },
    },
    options: options(upload),
  },
  "/api/upload/complete": {
    post: {
      summary: "Make a file of the chunks; the same again for a session that is completed",
      security,
      requestBody: body(ref("UploadComplete")),
      responses: {
        ...failing,
        200: answer("The file is there.", "UploadCompleted"),
        409: error("Chunks are missing, or the session has ended otherwise."),
      },
    },
    options: options(),
  },
  "/api/upload/cancel": {
    post: {
      summary: "End an upload; nothing of it is kept",
      security,
      requestBody: body(ref("UploadCancel")),
      responses: { ...failing, 200: answer("It has ended.", "UploadCancelled"), 409: ended },
    },
    options: options(),
  },
  "/api/upload/token": {
    post: {
      summary: "Sign an upload token with the tenant's newest link key",
      security,
      requestBody: body(ref("UploadTokenRequest")),
      responses: { ...managed, 201: answer("The token.", "UploadToken"), 409: error("There is no link key.") },
    },
  },
};
