import type { FileContext } from "../project/subjects";
import { bootSystemd } from "./boot-systemd";
import { addComposeService } from "./compose-service";
import type { Changed, Unchanged } from "./conversion";
import { createUnit } from "./create-unit";
import { forwardJournal } from "./forward-journal";
import { runAtBoot } from "./run-at-boot";

/** Additional input for some actions, besides the file. */
interface Asked {
  /** A position in the file. */
  readonly offset: number;
  /** A program of the image, with its arguments. */
  readonly program: string;
}

/** The whole-file actions, by their names in the protocol. */
export const conversions = {
  bootSystemd,
  addComposeService,
  forwardJournal,
  createUnit: (context, { program }) => createUnit(context, program),
  runAtBoot: (context, { offset }) => runAtBoot(context, offset),
} satisfies Record<string, (context: FileContext, asked: Asked) => Changed | Unchanged>;
