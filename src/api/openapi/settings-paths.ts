import { answer, body, error, type Json, managed, path, ref, security, site } from "./operation-parts.ts";

/** A management call: `takes` and `gives` are names of schemas, `more` is what it may answer beside that. */
type Summary = {
  readonly summary: string;
  readonly gives: string;
  readonly status?: 200 | 201;
  readonly takes?: Json;
  readonly inPath?: Json;
  readonly more?: Json;
};

function call({ summary, gives, status = 200, takes, inPath, more = {} }: Summary): Json {
  return {
    summary,
    security,
    parameters: inPath ? [inPath, site] : [site],
    ...(takes && { requestBody: body(takes) }),
    responses: { ...managed, [status]: answer(status === 201 ? "Made." : "Done.", gives), ...more },
  };
}

const unknown = { 404: error("The tenant has none of this name.") };
const noRoom = { 409: error("There is one like it already, or as many as there may be.") };

const rule = path("id", "As GET /origins lists it.");
const host = path("host", "As GET /cnames lists it.");
const ownHost = path("host", "As GET /hosts lists it.");
const kid = path("kid", "As GET /link-keys lists it.");
const key = path("id", "As GET /verification-keys lists it.");
const material = { oneOf: [ref("Material"), ref("MaterialBatch")] };

/** What a tenant says about itself. */
export const settingsPaths: Json = {
  "/access": {
    get: call({ summary: "How downloads and calls are let in", gives: "AccessSettings" }),
    patch: call({ summary: "Change how, and only what is named", takes: ref("AccessChange"), gives: "AccessSettings" }),
  },
  "/fills": {
    get: call({ summary: "How copies are made", gives: "FillSettings" }),
    patch: call({ summary: "Change how, and only what is named", takes: ref("FillChange"), gives: "FillSettings" }),
  },
  "/origins": {
    get: call({ summary: "The allow-list", gives: "OriginList" }),
    post: call({ summary: "Allow an origin", takes: ref("NewOrigin"), status: 201, gives: "Origin", more: noRoom }),
  },
  "/origins/{id}": {
    get: call({ summary: "An allowed origin", inPath: rule, gives: "Origin", more: unknown }),
    patch: call({
      summary: "Change how it is used, and only what is named",
      ...{ inPath: rule, takes: ref("OriginChange"), gives: "Origin", more: unknown },
    }),
    delete: call({ summary: "Allow it no more", inPath: rule, gives: "OriginDeleted", more: unknown }),
  },
  "/serving": {
    get: call({ summary: "How copies are handed to browsers", gives: "ServingSettings" }),
    patch: call({
      summary: "Change how, and only what is named",
      ...{ takes: ref("ServingChange"), gives: "ServingSettings" },
      more: { 409: error("There is no active host name of the tenant's own to show active content on.") },
    }),
  },
  "/hosts": {
    get: call({ summary: "Host names of the tenant's own", gives: "HostList" }),
    post: call({
      summary: "Add one; says what to publish in the DNS",
      ...{ takes: ref("NewHost"), status: 201, gives: "Host" },
      more: { 409: error("The name is taken, there are as many as there may be, or it takes an operator.") },
    }),
  },
  "/hosts/{host}": {
    get: call({ summary: "How it stands at this moment", inPath: ownHost, gives: "Host", more: unknown }),
    delete: call({ summary: "Answer there no more", inPath: ownHost, gives: "HostDeleted", more: unknown }),
  },
  "/cnames": {
    get: call({ summary: "Host names that stand for a bucket", gives: "CnameList" }),
    post: call({ summary: "Declare one", takes: ref("NewCname"), status: 201, gives: "Cname", more: noRoom }),
  },
  "/cnames/{host}": {
    delete: call({ summary: "Declare it no more", inPath: host, gives: "CnameDeleted", more: unknown }),
  },
  "/link-keys": {
    get: call({ summary: "The keys that sign links, without their secrets", gives: "LinkKeyList" }),
    post: call({
      summary: "Make a key; its secret is shown this once",
      status: 201,
      gives: "NewLinkKey",
      more: noRoom,
    }),
  },
  "/link-keys/rotate": {
    post: call({ summary: "Make a key in place of the older of two", status: 201, gives: "NewLinkKey", more: noRoom }),
  },
  "/link-keys/{kid}": {
    delete: call({ summary: "End a key and its links", inPath: kid, gives: "LinkKeyDeleted", more: unknown }),
  },
  "/verification-keys": {
    get: call({ summary: "What signatures are checked with, without its secrets", gives: "VerificationKeyList" }),
    post: call({
      summary: "Register material, one or a batch; it takes the place of the same kind and name",
      ...{ takes: material, status: 201, gives: "VerificationKeyAnswer", more: noRoom },
    }),
  },
  "/verification-keys/{id}": {
    delete: call({ summary: "Check with it no more", inPath: key, gives: "VerificationKeyDeleted", more: unknown }),
  },
  "/verification-keys/{id}/rotate": {
    post: call({
      summary: "Put new material of the same kind and name in its place",
      ...{
        inPath: key,
        takes: ref("Material"),
        status: 201,
        gives: "VerificationKey",
        more: { ...unknown, ...noRoom },
      },
    }),
  },
  "/links": {
    post: call({
      summary: "Sign a link with the newest key",
      ...{ takes: ref("LinkRequest"), status: 201, gives: "LinkAnswer" },
      more: { 409: error("There is no link key.") },
    }),
  },
  "/links/revoke": {
    post: call({ summary: "Withdraw every link to a copy that was made until now", gives: "LinksRevoked" }),
  },
  "/inspect": {
    post: call({ summary: "What a URL means to the cache", takes: ref("InspectRequest"), gives: "InspectAnswer" }),
  },
};
