/** People: roles, what a route asks for, and signing in. */
import { type Static, Type } from "typebox";
import { nullable } from "./schema.ts";

/** What a route asks of its caller; `anyone` needs no sign-in. */
export type Access = "anyone" | "reader" | "analyst" | "lead" | "radionuclide" | "operator";

export const roles = Object.freeze([
  "reader",
  "analyst",
  "lead-analyst",
  "radionuclide-analyst",
  "operator",
  "administrator",
] as const);
export type Role = (typeof roles)[number];

export const sessionCookie = "harken_session";

export const SignInRequest = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 40 }),
  password: Type.String({ minLength: 1, maxLength: 200 }),
});
export type SignInRequest = Static<typeof SignInRequest>;

export const Session = Type.Object({
  required: Type.Boolean({ description: "Whether the centre asks who calls; it does from its first account on" }),
  name: nullable(Type.String()),
  role: nullable(Type.String()),
});
export type Session = Static<typeof Session>;
