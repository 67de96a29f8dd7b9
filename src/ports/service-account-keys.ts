/** Public keys that Google publishes for its service accounts. */
export type ServiceAccountKeys = {
  /**
   * The account's keys now, for RSASSA-PKCS1-v1_5 with SHA-256. `null`: Google knows no such account. Remembered for as
   * long as Google allows; rejects when Google cannot be reached and nothing is remembered.
   */
  find(email: string): Promise<readonly JsonWebKey[] | null>;
};
