/** What each role may call. A route names one access; a role has several. */
import type { Access, Role } from "@harken/api";

const accesses: Readonly<Record<Role, readonly Access[]>> = {
  reader: ["reader"],
  analyst: ["reader", "analyst"],
  "lead-analyst": ["reader", "analyst", "lead"],
  "radionuclide-analyst": ["reader", "radionuclide"],
  operator: ["reader", "operator"],
  administrator: ["reader", "analyst", "lead", "radionuclide", "operator"],
};

export const mayCall = (role: Role, access: Access): boolean => access === "anyone" || accesses[role].includes(access);
