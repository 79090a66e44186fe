/** Small words the parsers are written with, so that drift between a type and its parser does not compile. */
import { z } from "zod";
import type { Json } from "./types.ts";

/** One parser a key, optional keys included: a key added to the type and forgotten in its parser does not compile. */
export type Shape<T> = { readonly [K in keyof T]-?: z.ZodType };

export const text: z.ZodString = z.string();
export const count: z.ZodNumber = z.number().min(0);
export const whole: z.ZodInt = z.int();
export const flag: z.ZodBoolean = z.boolean();
export const texts: z.ZodArray<z.ZodString> = z.array(z.string());
export const json: z.ZodType<Json> = z.json().meta({ id: "Json" });

/** An object used as a map: any key, one kind of value. */
export function mapOf<T extends z.ZodType>(value: T): z.ZodRecord<z.ZodString, T> {
  return z.record(z.string(), value);
}

/** One of a fixed set of texts; each stands as a key, so that a member added to the type and forgotten does not compile. */
export function oneOf<T extends string>(members: { readonly [K in T]: true }): z.ZodType<T> {
  return z.enum(Object.keys(members) as T[]);
}

/** Satisfied only when no member of a union is left out. */
export type Covers<All, Some extends All> = [Exclude<All, Some>] extends [never] ? unknown : never;

/** The member of a union with that kind. */
export type Kind<T extends { readonly kind: string }, K extends T["kind"]> = Extract<T, { readonly kind: K }>;
