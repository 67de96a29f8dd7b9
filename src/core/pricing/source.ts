/** Where figures come from. */
export type Source = {
  /** The vendor's page. */
  readonly page: string;
  /** The day that we read it, or a stored copy of it. */
  readonly readOn: string;
  /** A day for which the figures are known to have held; of a copy without a date, the earliest that it can have. */
  readonly asOf: string;
  readonly currency: "USD";
  /** Whether every figure was seen on the page, in the vendor's own price list, or in a dated transcript of either. */
  readonly confirmed: boolean;
  /** What the vendor's words mean where they leave it open, and which figures are not confirmed. */
  readonly note: string;
};

/** Something that is priced, and from which day on. */
type Dated = { readonly id: string; readonly from: string };

/**
 * The table of this id that held on a day: the latest that had begun, else the earliest that there is. A new price is a
 * new table beside the old one, so that months that are past keep their figures. `null`: there is none of this id.
 */
export function inForce<Table extends Dated>(tables: readonly Table[], id: string, day: string): Table | null {
  const versions = tables.filter((table) => table.id === id).sort((one, other) => (one.from < other.from ? -1 : 1));
  return versions.findLast(({ from }) => from <= day) ?? versions[0] ?? null;
}
