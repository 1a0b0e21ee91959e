import { z } from "zod";
import { addressFrom } from "./address-template.ts";

/** One variable of the environment: what it means, what it is when unset, and how it is read. */
export interface Variable {
  readonly about: string;
  readonly unset: string;
  readonly type: z.ZodType;
}

const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** A length of time, in milliseconds once read. */
export const duration = z
  .string()
  .regex(/^\d+(?:ms|s|m|h)$/, "must be a duration such as 250ms, 10s, 1m or 2h")
  .transform((text) => {
    const [, amount = "0", unit = "ms"] = /^(\d+)(ms|s|m|h)$/.exec(text) ?? [];
    return Number(amount) * units[unit as keyof typeof units];
  })
  .refine((milliseconds) => milliseconds <= 24 * 60 * 60_000, "must be at most a day");

const lastingUnits = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A length of time that may be many days, in milliseconds once read. */
export const lastingDuration = z
  .string()
  .regex(/^\d+[smhd]$/, "must be a duration such as 10m, 8h or 30d")
  .transform((text) => Number.parseInt(text, 10) * lastingUnits[text.slice(-1) as keyof typeof lastingUnits])
  .refine(
    (milliseconds) => milliseconds >= 1000 && milliseconds <= 90 * lastingUnits.d,
    "must be from 1s to 90d",
  );

/** A whole number within bounds. */
export const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, "must be a whole number")
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be from ${least} to ${most}`);

/** True or false. */
export const yesOrNo = z
  .enum(["true", "false"], "must be true or false")
  .transform((text) => text === "true");

/** A value that may be left unset. */
export const optional = <Type extends z.ZodType<unknown, string>>(type: Type) =>
  z
    .string()
    .transform((text) => text || undefined)
    .pipe(z.optional(type));

/** A Redis server's address; it may hold its password. */
export const redisAddress = z
  .string()
  .refine(
    (text) => URL.canParse(text) && ["redis:", "rediss:"].includes(new URL(text).protocol),
    "must be a redis or rediss address",
  );

const isPlain = ({ username, password, search, hash }: URL) => !username && !password && !search && !hash;

/** The address of a service, without a slash at its end. */
export const httpAddress = z
  .string()
  .refine(
    (text) => URL.canParse(text) && ["http:", "https:"].includes(new URL(text).protocol),
    "must be an http or https address",
  )
  .refine(
    (text) => !URL.canParse(text) || isPlain(new URL(text)),
    "must not hold credentials, a query or a fragment",
  )
  .transform((text) => text.replace(/\/+$/, ""));

/** The address of a service that every producer has one of. */
export const addressTemplate = z
  .string()
  .refine(
    (text) => ["$PRODUCER", "$ENV"].every((part) => text.includes(part)),
    "must say where $PRODUCER and $ENV stand",
  )
  .refine(
    (text) => httpAddress.safeParse(addressFrom(text, "producer", "env")).success,
    "must be an http or https address without credentials, a query or a fragment",
  )
  .transform((text) => text.replace(/\/+$/, ""));

/** The address of a service that every gateway of a producer's has. */
export const gatewayAddressTemplate = z
  .string()
  .refine((text) => text.includes("$GATEWAY"), "must say where $GATEWAY stands")
  .pipe(addressTemplate);

/** Values separated by commas. */
export const list = <Type extends z.ZodType<unknown, string>>(item: Type) =>
  z
    .string()
    .transform((text) =>
      text
        .split(",")
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .pipe(z.array(item));

/** An origin as browsers send it. */
export const origin = z
  .string()
  .refine(
    (text) => URL.canParse(text) && new URL(text).origin === text,
    "must be origins such as https://canvas.example",
  );
