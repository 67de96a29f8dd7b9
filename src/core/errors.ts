/** Every error a client can meet, once: its HTTP status, whether repeating the request can help, and what it says. */
export const ERRORS = {
  MISSING_FIELD: { status: 400, retryable: false, message: "A required field is missing." },
  INVALID_FIELD: { status: 400, retryable: false, message: "A field has a value that is not allowed." },
  INVALID_JSON: { status: 400, retryable: false, message: "The body is not valid JSON." },
  UNENCODED_URL: { status: 400, retryable: false, message: "The value of url must be percent-encoded." },
  UNAUTHORIZED: {
    status: 401,
    retryable: false,
    message: "This request needs a valid API key: Authorization: Bearer <key>.",
  },
  PLAN_LIMIT: { status: 402, retryable: false, message: "The plan has no room for this." },
  INSUFFICIENT_SCOPE: { status: 403, retryable: false, message: "The caller may not do this." },
  TENANT_SUSPENDED: { status: 403, retryable: false, message: "This tenant is suspended." },
  ORIGIN_NOT_ALLOWED: { status: 403, retryable: false, message: "The origin is not on this tenant's allow-list." },
  LINK_SIGNATURE_INVALID: { status: 403, retryable: false, message: "The link's sig does not fit its parameters." },
  LINK_KEY_UNKNOWN: { status: 403, retryable: false, message: "The link's kid names no key of this tenant." },
  LINK_EXPIRED: { status: 403, retryable: false, message: "The link's exp has passed." },
  LINK_NOT_YET_VALID: { status: 403, retryable: false, message: "The link's nbf has not come yet." },
  LINK_ADDRESS_REFUSED: { status: 403, retryable: false, message: "The link is not for this client's address." },
  NETWORK_NOT_ALLOWED: { status: 403, retryable: false, message: "This address is not in an allowed network." },
  TOKEN_INVALID: { status: 403, retryable: false, message: "This link is not valid." },
  NOT_FOUND: { status: 404, retryable: false, message: "There is nothing at this address." },
  UNKNOWN_HOST: { status: 404, retryable: false, message: "Nobody answers under this host name." },
  UNKNOWN_TENANT: { status: 404, retryable: false, message: "No tenant answers here." },
  ALREADY_EXISTS: { status: 409, retryable: false, message: "There is one like it already." },
  LIMIT_REACHED: { status: 409, retryable: false, message: "There are as many as there may be." },
  ALREADY_REPLAYED: { status: 409, retryable: false, message: "This dead letter has been sent again before." },
  NOT_REPLAYABLE: { status: 409, retryable: false, message: "This dead letter cannot be sent again." },
  SOURCE_EXPIRED: { status: 409, retryable: false, message: "The URL that it would be fetched from has ended." },
  NO_LINK_KEY: {
    status: 409,
    retryable: false,
    message: "There is no link key to sign with; POST /link-keys makes one.",
  },
  NO_OWN_HOST: {
    status: 409,
    retryable: false,
    message: "There is no active host name of the tenant's own; POST /hosts adds one.",
  },
  OPERATOR_NEEDED: { status: 409, retryable: false, message: "Only the operator of this deployment can do that." },
  STORE_UNKNOWN: { status: 400, retryable: false, message: "This deployment has no store of this name." },
  UPLOAD_NOT_FOUND: { status: 404, retryable: false, message: "There is no upload of this id." },
  UPLOAD_COMPLETED: { status: 409, retryable: false, message: "This upload has ended." },
  UPLOAD_INCOMPLETE: { status: 409, retryable: false, message: "Chunks of this upload are missing." },
  METHOD_NOT_ALLOWED: { status: 405, retryable: false, message: "This method is not allowed here." },
  TOKEN_EXPIRED: { status: 410, retryable: false, message: "This link has expired." },
  LINK_REVOKED: { status: 410, retryable: false, message: "This link has been withdrawn." },
  BODY_TOO_LARGE: { status: 413, retryable: false, message: "The body is too large." },
  FILE_TOO_LARGE: { status: 413, retryable: false, message: "The file is larger than what is taken here." },
  TOO_MANY_REQUESTS: { status: 429, retryable: true, message: "There were too many calls; try again later." },
  INTERNAL: { status: 500, retryable: true, message: "Something went wrong on our side." },
  MISCONFIGURED: { status: 500, retryable: false, message: "This deployment lacks a setting." },
  DATABASE_ERROR: { status: 502, retryable: true, message: "The database failed; it is safe to repeat this." },
  R2_ERROR: { status: 502, retryable: true, message: "The store failed; it is safe to repeat this." },
  UNAVAILABLE: { status: 503, retryable: true, message: "A part of the service is not reachable; try again." },
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** What somebody ran into: what is limited, to how much, and until when (ms since the epoch; `null`: until it is changed). */
export type HitLimit = { readonly name: string; readonly allowed: number | null; readonly until: number | null };

/**
 * An error that a client may see. `message` is written for that client and holds no internals and no credential;
 * what happened inside belongs in `cause`.
 */
export class SnapbyteError extends Error {
  readonly code: ErrorCode;
  /** Response headers that the status demands, such as Allow for 405 (RFC 9110 section 15.5.6). */
  readonly headers: Readonly<Record<string, string>>;
  /** `null`: it is about no limit. */
  readonly limit: HitLimit | null;
  /** The first chunks that an upload lacks; `null`: it is not about that. */
  readonly missing: readonly number[] | null;

  constructor(
    code: ErrorCode,
    message?: string,
    options: {
      cause?: unknown;
      headers?: Record<string, string>;
      limit?: HitLimit;
      missing?: readonly number[];
    } = {},
  ) {
    super(message ?? ERRORS[code].message, { cause: options.cause });
    this.name = "SnapbyteError";
    this.code = code;
    this.headers = options.headers ?? {};
    this.limit = options.limit ?? null;
    this.missing = options.missing ?? null;
  }
}
