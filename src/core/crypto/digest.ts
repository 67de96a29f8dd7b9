/** SHA-256 of the text's UTF-8 (FIPS 180-4). */
export async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(new TextEncoder().encode(text))));
}
