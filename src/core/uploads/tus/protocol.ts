/** The tus resumable upload protocol, as it is spoken here: https://tus.io/protocols/resumable-upload */
export const TUS_VERSION = "1.0.0";

export const TUS_EXTENSIONS = [
  ...["creation", "creation-with-upload", "expiration", "checksum", "termination", "concatenation"],
] as const;

/** What may be declared of the bytes of one request. */
export const TUS_ALGORITHMS = ["sha1", "sha256", "md5"] as const;
export type TusAlgorithm = (typeof TUS_ALGORITHMS)[number];

/** The type of a body with bytes of an upload. */
export const TUS_BODY = "application/offset+octet-stream";

/** What a client is refused with that no other part of the API says. */
export const TUS_REFUSALS = {
  BAD_REQUEST: 400,
  FORBIDDEN: 403,
  OFFSET_CONFLICT: 409,
  GONE: 410,
  VERSION: 412,
  TYPE: 415,
  LOCKED: 423,
  CHECKSUM: 460,
} as const;

/** A request that the protocol has a status for. `message` is for the client. */
export class TusRefusal extends Error {
  readonly status: number;
  constructor(refusal: keyof typeof TUS_REFUSALS, message: string) {
    super(message);
    this.name = "TusRefusal";
    this.status = TUS_REFUSALS[refusal];
  }
}
