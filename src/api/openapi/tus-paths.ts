import { TUS_BODY } from "../../core/uploads/tus/protocol.ts";
import { error, type Json, path, security } from "./operation-parts.ts";

const upload = path("upload_id", "The last segment of Location, as POST /files/ answered it.");
const version = { "Tus-Resumable": "1.0.0." };
const kept = { "Upload-Offset": "Bytes that are there.", "Upload-Expires": "When it is given up, unless it is whole." };

const bytes = {
  content: { [TUS_BODY]: { schema: { type: "string", format: "binary" } } },
};
const header = (name: string, description: string, required: boolean): Json => {
  return { name, in: "header", required, description, schema: { type: "string" } };
};
/** The fields of a request: those that must be there, and others. */
const said = (must: Readonly<Record<string, string>>, may: Readonly<Record<string, string>> = {}) => [
  ...Object.entries({ ...version, ...must }).map(([name, description]) => header(name, description, true)),
  ...Object.entries(may).map(([name, description]) => header(name, description, false)),
];

const gave = (description: string, fields: Readonly<Record<string, string>> = {}): Json => {
  const headers = Object.entries({ ...version, ...fields }).map(([name, each]) => [
    name,
    { description: each, schema: { type: "string" } },
  ]);
  return { description, headers: Object.fromEntries(headers) };
};

/** What the protocol says by its own statuses has a line of text for people; the others are errors as everywhere. */
const refused = {
  400: { description: "A field of the protocol is missing or not valid." },
  401: error("No or wrong API key or upload token."),
  404: error("No such upload for this caller."),
  410: { description: "It was given up." },
  412: gave("It speaks another version.", { "Tus-Version": "Those that are spoken here." }),
  502: error("Database or store failed; it is safe to ask where the upload stands and to go on."),
};
const appending = {
  413: error("More bytes than it has left, or than are taken."),
  460: { description: "The bytes have another checksum; none of them is kept." },
  503: error("Too much is uploaded here at this moment."),
};
const checksum = { "Upload-Checksum": "sha1, sha256 or md5, a space, and the digest of this body in base64." };

const options = {
  summary: "What is spoken here, and the answer to a preflight",
  responses: {
    204: gave("Asked for without a key.", {
      "Tus-Version": "1.0.0.",
      "Tus-Extension": "By commas.",
      "Tus-Max-Size": "Bytes.",
      "Tus-Checksum-Algorithm": "By commas.",
    }),
  },
};

/** Uploads by tus 1.0: https://tus.io/protocols/resumable-upload */
export const tusPaths: Json = {
  "/files": {
    post: {
      summary: "tus: begin an upload, with its first bytes or without, or make one of others",
      security,
      parameters: said(
        {},
        {
          "Upload-Length": "Bytes of the whole. Not of what is made of others.",
          "Upload-Metadata": "filename, filetype, user_id, user_role, sha256, asset: each with its value in base64.",
          "Upload-Concat": "partial, or final; and the addresses of those that it is made of.",
          ...checksum,
        },
      ),
      requestBody: bytes,
      responses: {
        ...refused,
        201: gave("Begun.", { Location: "Where it goes on.", ...kept }),
        402: error("The plan has no room for the file."),
        ...appending,
      },
    },
    options,
  },
  "/files/{upload_id}": {
    head: {
      summary: "tus: how many bytes are there",
      security,
      parameters: [upload, ...said({})],
      responses: {
        ...refused,
        200: gave("It goes on, or is whole.", {
          ...kept,
          "Upload-Length": "Bytes of the whole.",
          "Upload-Metadata": "As it was said.",
          "Upload-Concat": "As it was said.",
        }),
      },
    },
    patch: {
      summary: "tus: more bytes, to the end of what is there; with the last of them it is a file",
      security,
      parameters: [upload, ...said({ "Upload-Offset": "Bytes that are there." }, checksum)],
      requestBody: { required: true, ...bytes },
      responses: {
        ...refused,
        ...appending,
        204: gave("Kept.", kept),
        403: { description: "It is made of others." },
        409: { description: "There are not as many bytes there." },
        415: { description: `The type of the body must be ${TUS_BODY}.` },
        423: { description: "Somebody else is writing to it." },
      },
    },
    delete: {
      summary: "tus: give an upload up; nothing of it is kept",
      security,
      parameters: [upload, ...said({})],
      responses: { ...refused, 204: gave("Given up."), 403: { description: "It is a file by now." } },
    },
    options: { ...options, parameters: [upload] },
    post: {
      summary: "tus: the others, for who may not send their methods",
      security,
      parameters: [upload, ...said({ "X-HTTP-Method-Override": "HEAD, PATCH or DELETE." })],
      responses: { 204: gave("As they answer.") },
    },
  },
};
