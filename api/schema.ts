/**
 * Small pieces that the contract's schemas share. Units as everywhere: time = epoch seconds UTC, distance and angles deg, slowness s/deg,
 * depth and elevation km, amplitude nm (Pa for pressure), period s. `null` means "measured: none".
 */
import { type TSchema, Type } from "typebox";

export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

export const Time = Type.Number({ description: "Epoch seconds UTC" });
export const Latitude = Type.Number({ minimum: -90, maximum: 90, description: "Degrees north" });
export const Longitude = Type.Number({ minimum: -180, maximum: 180, description: "Degrees east" });
export const Count = Type.Integer({ minimum: 0 });

/** Paging: how many of the list, from where. */
export const pageLimits = Object.freeze({ defaultLimit: 500, maxLimit: 10_000 });
export const Limit = Type.Optional(Type.Integer({ minimum: 1, maximum: pageLimits.maxLimit }));
export const Offset = Type.Optional(Type.Integer({ minimum: 0 }));

/** What every refused request gets. */
export const ErrorBody = Type.Object({
  code: Type.String({ description: "Stable name of the error" }),
  message: Type.String({ description: "What is wrong, in one sentence" }),
  advise: Type.String({ description: "What the caller can do" }),
});
