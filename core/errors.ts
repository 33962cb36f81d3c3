/**
 * The errors a person can meet. Each package keeps one registry: code, sentence, what the reader can do, HTTP and exit status.
 *
 *     const errors = defineErrors({ NO_METADATA: { say: "...", advise: "...", http: 422, exit: 3 } });
 *     throw errors.make("NO_METADATA", { station: "XYZ" });
 */

export interface ErrorDefinition {
  /** One sentence; `{name}` is replaced from the context. */
  readonly say: string;
  /** What the reader can do. */
  readonly advise: string;
  readonly http: number;
  readonly exit: number;
}

export class HarkenError extends Error {
  readonly code: string;
  readonly advise: string;
  readonly http: number;
  readonly exit: number;
  readonly context: Readonly<Record<string, unknown>>;

  constructor(code: string, definition: ErrorDefinition, context: Record<string, unknown>, cause?: unknown) {
    const fill = (text: string) =>
      text.replace(/\{(\w+)\}/g, (_, name: string) => String(context[name] ?? `{${name}}`));
    super(fill(definition.say), cause === undefined ? undefined : { cause });
    this.name = "HarkenError";
    this.code = code;
    this.advise = fill(definition.advise);
    this.http = definition.http;
    this.exit = definition.exit;
    this.context = context;
  }
}

/** Makes a registry's typed constructor. */
export function defineErrors<Code extends string>(definitions: Readonly<Record<Code, ErrorDefinition>>) {
  return {
    definitions,
    make(code: Code, context: Record<string, unknown> = {}, cause?: unknown): HarkenError {
      return new HarkenError(code, definitions[code], context, cause);
    },
  };
}
