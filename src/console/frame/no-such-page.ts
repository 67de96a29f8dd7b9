/** Thrown where a path leads nowhere, or nowhere for this person: both look the same. */
export class NoSuchPage extends Error {
  constructor() {
    super("no such page");
    this.name = "NoSuchPage";
  }
}
