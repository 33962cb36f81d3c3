/** Messages of the IMS grammar. */
import { type Static, Type } from "typebox";

export const ImsMessageText = Type.String({
  minLength: 1,
  maxLength: 60_000,
  description: "BEGIN IMS2.0, MSG_TYPE REQUEST, MSG_ID, environment and request lines, STOP",
});
export type ImsMessageText = Static<typeof ImsMessageText>;
