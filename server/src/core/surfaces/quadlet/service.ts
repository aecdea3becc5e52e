import { readDuration } from "../../base/duration";
import { type Edit, lineAt, nextLine, type Span } from "../../base/text";
import { readFlag } from "../../container/flags";
import type { HostService, RefusedSetting } from "../../container/source";
import { bareSpec } from "../../container/spec";
import { restarts, runKey, runKeys } from "./keys";
import { standingIn, type UnitFile, type UnitSetting } from "./unit";
import { expanded } from "./words";
import { writeFlag } from "./write";

/** systemd keys that are often written in the Container section by mistake, by the section in which they belong. */
const ofSystemd: readonly (readonly [section: string, keys: RegExp])[] = [
  ["Service", /^(Restart\w*|Timeout\w*Sec|ExecSt(art|op)(Pre|Post)|RemainAfterExit|KillMode|Type)$/],
  ["Unit", /^(Description|Documentation|After|Before|Requires|Wants|BindsTo|PartOf|Condition\w+)$/],
  ["Install", /^(WantedBy|RequiredBy|Alias|Also)$/],
];

/**
 * Values that the generator accepts in the Service section (podman, pkg/systemd/quadlet/quadlet.go,
 * ConvertContainer).
 */
const accepted: Readonly<Record<string, RegExp>> = {
  Type: /^(notify|oneshot)?$/,
  KillMode: /^(mixed|control-group)$/,
};

/** The service that Podman's generator creates from a file. */
export function serviceOf(unit: UnitFile): HostService {
  const unknown = unit.settings.filter(({ section, key }) => section === "Container" && !runKey(key));
  const others = unit.settings.filter(
    ({ section, key, value }) => section === "Service" && accepted[key]?.test(value.text) === false,
  );
  const limit = standingIn(unit, "Service").findLast(({ key }) => /^Timeout(Stop)?Sec$/.test(key));
  const seconds = limit ? readSeconds(limit.value.text) : systemdWaits;
  return {
    keys: runKeys.map(({ key }) => key),
    refused: [
      ...unknown.map((setting) => refusedKey(unit, setting)),
      ...others.map((setting) => refusedValue(unit, setting)),
    ],
    ...(seconds !== undefined && { stopLimit: { seconds, ...(limit && { span: limit.span }) } }),
    setStopLimit: (wanted) => [
      limit
        ? { span: limit.span, text: `TimeoutStopSec=${wanted}` }
        : added(unit, "Service", `TimeoutStopSec=${wanted}`, undefined),
    ],
  };
}

/** How many seconds systemd gives a service to stop if the service does not set a time (DefaultTimeoutStopSec=). */
const systemdWaits = 90;

/** The number of seconds in a systemd time span; undefined for `infinity` and for a time span that cannot be read. */
function readSeconds(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  return readDuration(text.replace(/\s+/g, "").replace(/min/g, "m").replace(/sec/g, "s"));
}

/** Values of `Restart=` (systemd.service(5)). */
const restartValue = /^(no|always|on-(success|failure|abnormal|watchdog|abort))$/;

/**
 * A line with which systemd understands a setting that is moved to another section. A restart policy of an engine
 * becomes the nearest value of systemd, without a limit on the number of restarts.
 */
function lineFor({ key, value: { text } }: UnitSetting): string {
  const policy = text.replace(/^(on-failure):\d+$/, "$1");
  const [nearest = text] = Object.entries(restarts).find(([, engines]) => engines === policy) ?? [];
  return key === "Restart" && !restartValue.test(text) ? `${key}=${nearest}` : `${key}=${text}`;
}

function refusedKey(unit: UnitFile, setting: UnitSetting): RefusedSetting {
  const { key, section, span, value } = setting;
  const keySpan: Span = { start: span.start, end: span.start + key.length };
  const line = `${key}=${value.text}`;
  const moved = lineFor(setting);
  const [right] = ofSystemd.find(([, keys]) => keys.test(key)) ?? [];
  const flag = { name: `--${key.toLowerCase()}`, value: expanded(value.text) };
  const isFlag =
    !runKeys.some((each) => each.flag === flag.name) && !readFlag(bareSpec, flag.name, "x").others;
  const argument = isFlag ? writeFlag(flag) : undefined;
  const said = argument && `${argument.key}=${argument.value}`;
  return {
    ...{ key, section, span, setting: line },
    rename: (name) => ({ span: keySpan, text: name }),
    ...(right && {
      instead: {
        what: `[${right}] ${moved}`,
        edits: [removed(unit, setting), added(unit, right, moved, setting)],
        safe: moved === line,
      },
    }),
    ...(said && { instead: { what: said, edits: [{ span, text: said }], safe: flag.name === "--systemd" } }),
  };
}

function refusedValue(unit: UnitFile, setting: UnitSetting): RefusedSetting {
  const { key, section, span, value } = setting;
  return { key, section, span, setting: `${key}=${value.text}`, drop: [removed(unit, setting)] };
}

function removed({ text }: UnitFile, { span }: UnitSetting): Edit {
  return { span: { start: lineAt(text, span.start).start, end: nextLine(text, span.end) }, text: "" };
}

/**
 * The edit that adds a line to the end of a section. If the section does not exist, its header is added after all
 * others.
 */
function added(unit: UnitFile, section: string, line: string, without: UnitSetting | undefined): Edit {
  const header = unit.headers.findLast((each) => each.section === section);
  const own = unit.settings.filter((each) => each !== without && (!header || each.section === section));
  const after = Math.max(own.at(-1)?.span.end ?? 0, (header ?? unit.headers.at(-1))?.span.end ?? 0);
  return { span: { start: after, end: after }, text: header ? `\n${line}` : `\n\n[${section}]\n${line}` };
}
