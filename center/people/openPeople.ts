/** The accounts of a centre for who manages them, whether the centre runs or not. */
import {
  type AccountChange,
  loadAccountChanges,
  loadAccounts,
  loadMailAddresses,
  type MailAddress,
  openStore,
  type StoreOptions,
} from "@harken/store";
import { createPeople, type People } from "./people.ts";

export interface ListedAccount {
  readonly name: string;
  readonly role: string;
  readonly state: "active" | "disabled";
  /** Epoch s until which it is locked; null when it is not. */
  readonly lockedUntil: number | null;
}

export interface PeopleDesk extends Pick<People, "add" | "change" | "issueToken" | "addAddress" | "dropAddress"> {
  list(): Promise<ListedAccount[]>;
  history(): Promise<AccountChange[]>;
  addresses(): Promise<MailAddress[]>;
  close(): Promise<void>;
}

export async function openPeople(where: StoreOptions, clock: () => number): Promise<PeopleDesk> {
  const store = await openStore(where);
  const { add, change, issueToken, addAddress, dropAddress } = createPeople({ store, clock });
  return {
    ...{ add, change, issueToken, addAddress, dropAddress },
    async list() {
      const accounts = await loadAccounts(store.db);
      return accounts.map(({ name, role, state, lockedUntil }) => ({
        ...{ name, role, state, lockedUntil: lockedUntil > clock() ? lockedUntil : null },
      }));
    },
    history: () => loadAccountChanges(store.db),
    addresses: () => loadMailAddresses(store.db),
    close: () => store.close(),
  };
}
