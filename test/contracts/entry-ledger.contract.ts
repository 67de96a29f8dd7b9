import { describe } from "vitest";
import type { TenantId } from "../../src/core/tenant.ts";
import type { EntryLedger } from "../../src/ports/entry-ledger.ts";
import { ledgerAdoptContract } from "./ledger-adopt.contract.ts";
import { ledgerFillContract } from "./ledger-fill.contract.ts";
import { ledgerListContract } from "./ledger-list.contract.ts";
import { ledgerNoteContract } from "./ledger-note.contract.ts";
import { ledgerPurgeContract } from "./ledger-purge.contract.ts";
import { ledgerRefreshContract } from "./ledger-refresh.contract.ts";
import { ledgerSearchContract } from "./ledger-search.contract.ts";
import { ledgerSelectContract } from "./ledger-select.contract.ts";
import { ledgerTagsContract } from "./ledger-tags.contract.ts";
import { ledgerWishContract } from "./ledger-wish.contract.ts";

/** How many entries one page of a search looks at, in these tests. */
export const SEARCHED = 5;

/** A ledger in which these two tenants have no entries yet. */
export type LedgerUnderTest = { readonly ledger: EntryLedger; readonly tenants: readonly [TenantId, TenantId] };
export type MakeLedger = () => Promise<LedgerUnderTest>;

export function entryLedgerContract(name: string, make: MakeLedger): void {
  describe(`EntryLedger: ${name}`, () => {
    ledgerNoteContract(make);
    ledgerAdoptContract(make);
    ledgerFillContract(make);
    ledgerRefreshContract(make);
    ledgerPurgeContract(make);
    ledgerListContract(make);
    ledgerSearchContract(make);
    ledgerSelectContract(make);
    ledgerTagsContract(make);
    ledgerWishContract(make);
  });
}
