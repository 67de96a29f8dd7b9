/** What build/bundle.ts puts in place of this name. */
declare module "snapbyte:built" {
  const built: import("../built.ts").Built;
  export default built;
}
