/** `pending`: its owner has not shown yet that it is theirs, or its certificate is being made; `failed`: neither came. */
export const HOST_STATES = ["pending", "active", "failed"] as const;
export type HostState = (typeof HOST_STATES)[number];

/** How far a host name has come at the network that will answer for it. */
export type HostProgress = {
  /** Whether its owner has shown that it is theirs. */
  readonly ownership: HostState;
  readonly certificate: HostState;
};

/**
 * What becomes of a host name: active once the network says so of both. From then on only its ownership counts, since a
 * certificate that is being renewed is pending for a while, and who has reached us had a good one.
 */
export function nextHostState(before: HostState, { ownership, certificate }: HostProgress): HostState {
  if (ownership !== "active" || before === "active") return ownership;
  return certificate;
}
