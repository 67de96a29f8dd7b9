import type { Meter, Tier } from "../../core/pricing/meter.ts";
import { inDollars } from "../../core/pricing/money.ts";
import type { OriginTariff } from "../../core/pricing/origin-tariff.ts";
import { ORIGIN_TARIFFS } from "../../core/pricing/origin-tariffs.ts";
import { PLATFORM_TARIFFS } from "../../core/pricing/platform-tariffs.ts";
import type { Source } from "../../core/pricing/source.ts";
import { count } from "../format/numbers.ts";
import type { OperatorCall } from "../frame/call.ts";
import { Badge } from "../parts/badge.tsx";
import { Table } from "../parts/table.tsx";
import { operatorPage } from "./operator-page.tsx";

type Line = { readonly what: string; readonly unit: string; readonly price: string };

/** `GET /operator/prices`: straight from the rules, which are the same for the ledger and the calculator. */
export async function prices(call: OperatorCall): Promise<Response> {
  return operatorPage(call, {
    title: "Price tables",
    lead: "What charges are calculated with, from which day on, and where it is from. A new price is a new table beside the old one.",
    children: (
      <>
        {PLATFORM_TARIFFS.map(({ id, from, meters, sources }) => (
          <PriceTable
            key={id + from}
            {...{ id, from, sources, title: "The platform" }}
            lines={Object.entries(meters).map(([what, { unit, price, included }]) => ({
              what: `${what.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}${included > 0n ? ", beyond what is included" : ""}`,
              unit: count(Number(unit)),
              price: `$${shortPrice(price)}`,
            }))}
          />
        ))}
        {ORIGIN_TARIFFS.map((tariff) => (
          <PriceTable
            key={tariff.id + tariff.from}
            {...{ id: tariff.id, from: tariff.from, sources: tariff.sources }}
            title={tariff.where}
            lines={originLines(tariff)}
          />
        ))}
      </>
    ),
  });
}

function originLines({ transfer, requests }: OriginTariff): Line[] {
  return [...meterLines("Transfer out", transfer), ...meterLines("Requests", requests)];
}

function meterLines(what: string, { unit, tiers }: Meter): Line[] {
  return tiers.map(({ upTo, price }: Tier) => ({
    what: tiers.length === 1 ? what : `${what}, ${upTo === null ? "beyond" : `up to ${count(Number(upTo))} units`}`,
    unit: count(Number(unit)),
    price: `$${shortPrice(price)}`,
  }));
}

/** All decimals that a price has, and no noughts behind them. */
function shortPrice(price: bigint): string {
  return inDollars(price).replace(/(\.\d\d\d*?)0+$/, "$1");
}

type TableProps = {
  readonly id: string;
  readonly from: string;
  readonly title: string;
  readonly lines: readonly Line[];
  readonly sources: readonly Source[];
};

function PriceTable({ id, from, title, lines, sources }: TableProps) {
  return (
    <details class="panel price-table">
      <summary>
        <h2>{title}</h2>
        <span class="muted">
          <code>{id}</code>, from {from}{" "}
          {sources.some(({ confirmed }) => !confirmed) && <Badge tone="warn">not all confirmed</Badge>}
        </span>
      </summary>
      <Table
        caption={`Prices of ${id}, from ${from}`}
        rows={lines}
        rowKey={({ what, unit }) => what + unit}
        columns={[
          { label: "What", heads: true, cell: ({ what }) => what },
          { label: "For each", numeric: true, cell: ({ unit }) => unit },
          { label: "Price", numeric: true, cell: ({ price }) => price },
        ]}
      />
      <ul class="sources">
        {sources.map(({ page, asOf, confirmed, note }) => (
          <li key={page + asOf}>
            <a href={page} rel="noreferrer">
              {page}
            </a>{" "}
            as of {asOf}
            {confirmed ? "" : ", not confirmed"}. {note}
          </li>
        ))}
      </ul>
    </details>
  );
}
